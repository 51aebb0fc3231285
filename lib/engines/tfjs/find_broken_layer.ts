import * as tf from "@tensorflow/tfjs";
import { BROKEN_INPUTS } from "../no_number.ts";

/**
 * Where the values of a forward pass stopped being numbers: the inputs, a weight, the first layer whose output holds NaN or
 * infinity, or else the loss.
 *
 * @param inputs `[count, …]`
 */
export async function findBrokenLayer(model: tf.LayersModel, inputs: tf.Tensor): Promise<string> {
  if (!await finite(inputs)) return BROKEN_INPUTS;
  for (const weight of model.trainableWeights) {
    if (!await finite(weight.read())) return `the weight ${weight.originalName}, moved by the step before`;
  }
  const layers = model.layers.filter((layer) => layer.getClassName() !== "InputLayer");
  const visible = tf.model({ inputs: model.inputs, outputs: layers.map((layer) => layer.getOutputAt(0) as never) });
  const outputs = tf.tidy(() => [visible.apply(inputs, { training: true })].flat() as tf.Tensor[]);
  try {
    for (const [i, output] of outputs.entries()) {
      if (!await finite(output)) return `the layer "${layers[i].name}" (${layers[i].getClassName()})`;
    }
    return "the loss";
  } finally {
    tf.dispose(outputs);
  }
}

async function finite(tensor: tf.Tensor): Promise<boolean> {
  return (await tensor.data<"float32">()).every(Number.isFinite);
}
