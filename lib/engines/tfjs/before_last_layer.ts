import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import { InputError } from "../../errors/mod.ts";
import type { Inference } from "../engine.ts";
import { type BackendName, loadBackend, onBackend } from "./backend.ts";

/**
 * What a network's last layer is given of some windows, `[count, width]`, row-major, of inputs `[count, ...inputShape]`.
 *
 * @throws {InputError} where that layer takes several inputs.
 */
export async function beforeLastLayer(model: LayersModel): Promise<Inference["run"]> {
  const tf = await import("@tensorflow/tfjs");
  const { input } = model.outputs[0].sourceLayer;
  if (Array.isArray(input)) {
    throw new InputError({ expected: "a network whose last layer takes one input", found: `${input.length}` });
  }
  return (await tfjsInference("wasm", tf.model({ inputs: model.inputs, outputs: input }))).run;
}

/** A model in inference mode on a backend of tfjs. */
export async function tfjsInference(name: BackendName, model: LayersModel): Promise<Inference> {
  const { tensor, dispose } = await import("@tensorflow/tfjs");
  await loadBackend(name);
  return {
    run: (inputs, count) =>
      onBackend(name, async () => {
        const given = tensor(inputs, [count, ...model.inputs[0].shape.slice(1) as number[]]);
        const result = model.predict(given) as Tensor;
        // A copy: on `cpu`, data() is the tensor's own memory.
        const data = Float32Array.from(await result.data());
        dispose([given, result]);
        return data;
      }),
    dispose: () => Promise.resolve(),
  };
}
