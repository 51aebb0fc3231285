import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import { InputError } from "../../errors/mod.ts";

/** What a network's last layer is given of some windows: `[count, width]`, row-major, of inputs `[count, ...inputShape]`. */
export type BeforeLastLayer = (inputs: Float32Array, count: number) => Promise<Float32Array>;

/**
 * A network up to what its last layer is given.
 *
 * @throws {InputError} where that layer takes several inputs.
 */
export async function beforeLastLayer(model: LayersModel): Promise<BeforeLastLayer> {
  const tf = await import("@tensorflow/tfjs");
  const { loadBackend, onBackend } = await import("./backend.ts");
  await loadBackend("wasm");
  const { input } = model.outputs[0].sourceLayer;
  if (Array.isArray(input)) {
    throw new InputError({ expected: "a network whose last layer takes one input", found: `${input.length}` });
  }
  const cut = tf.model({ inputs: model.inputs, outputs: input });
  return (inputs, count) =>
    onBackend("wasm", () => {
      const given = tf.tensor(inputs, [count, ...model.inputs[0].shape.slice(1) as number[]]);
      const result = cut.predict(given) as Tensor;
      const data = result.dataSync() as Float32Array;
      tf.dispose([given, result]);
      return data;
    });
}
