import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs";
import { loadTfjs } from "./load_tfjs.ts";

/**
 * A network by frame with the logits of all its frames in one row, `[frames * classes]`, as engines train it; layers and
 * weights are those of `model`.
 */
export async function inOneRow(model: LayersModel): Promise<LayersModel> {
  const tf = await loadTfjs();
  const outputs = tf.layers.flatten({ name: "in_one_row" }).apply(model.outputs[0]) as SymbolicTensor;
  return tf.model({ inputs: model.inputs, outputs, name: model.name });
}
