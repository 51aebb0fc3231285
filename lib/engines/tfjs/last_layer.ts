import type { LayersModel } from "@tensorflow/tfjs";
import { InputError } from "../../errors/mod.ts";
import type { Inference } from "../engine.ts";

/**
 * What a network's last layer is given of some windows, `[count, width]`, row-major, of inputs `[count, ...inputShape]`.
 *
 * @throws {InputError} where that layer takes several inputs.
 */
export async function beforeLastLayer(model: LayersModel): Promise<Inference["run"]> {
  const [tf, { tfjsInference }] = await Promise.all([import("@tensorflow/tfjs"), import("./backend.ts")]);
  const { input } = model.outputs[0].sourceLayer;
  if (Array.isArray(input)) {
    throw new InputError({ expected: "a network whose last layer takes one input", found: `${input.length}` });
  }
  return (await tfjsInference("wasm", tf.model({ inputs: model.inputs, outputs: input }))).run;
}

/**
 * Gives a network's last layer, a dense one with a bias and without an activation, other weights.
 *
 * @throws {InputError} where it is another layer.
 */
export async function setLastLayer(
  model: LayersModel,
  { kernel, bias }: { kernel: Float32Array; bias: Float32Array },
): Promise<void> {
  const [tf, { onBackend }] = await Promise.all([import("@tensorflow/tfjs"), import("./backend.ts")]);
  const { sourceLayer: last } = model.outputs[0];
  const { activation, useBias } = last.getConfig();
  if (last.getClassName() !== "Dense" || activation !== "linear" || !useBias) {
    throw new InputError({
      expected: "a network that ends in a dense layer with a bias and without an activation",
      found: `${last.getClassName()} "${last.name}"`,
      where: "training.linearProbe",
      remedy: "train it by steps",
    });
  }
  await onBackend("wasm", () => {
    const [kernelShape] = last.getWeights().map(({ shape }) => shape);
    const values = [tf.tensor(kernel, kernelShape), tf.tensor(bias)];
    last.setWeights(values);
    tf.dispose(values);
  });
}
