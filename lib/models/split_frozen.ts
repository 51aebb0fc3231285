import type * as tf from "@tensorflow/tfjs";
import { loadTfjs } from "./load_tfjs.ts";

/** The layer that standardises embeddings before the head of a network, by statistics of the training part. */
export const STANDARDISED = "standardised";

/**
 * Cuts a network at the last place before which nothing learns or draws, and through which all goes that comes after.
 *
 * @param options `until`: the name of a layer that stays on the learning side.
 * @returns nothing where no weights stand before such a place.
 */
export async function splitFrozen(
  network: tf.LayersModel,
  { until }: { until?: string } = {},
): Promise<{ frozen: tf.LayersModel; learning: tf.LayersModel } | undefined> {
  const calls = callsOf(network.outputs[0]);
  const first = calls.findIndex(({ layer }) => layer.name === until || changes(layer));
  let cut: tf.SymbolicTensor | undefined;
  let weights = 0;
  for (let done = 1; done <= first; done++) {
    weights += calls[done - 1].layer.weights.length;
    const made = new Set(calls.slice(0, done).map(({ output }) => output));
    const needed = new Set(calls.slice(done).flatMap(({ inputs }) => inputs).filter((input) => made.has(input)));
    if (needed.size === 1 && weights > 0) [cut] = needed;
  }
  if (cut === undefined) return undefined;
  const { input: newInput, model } = await loadTfjs();
  const input = newInput({ shape: cut.shape.slice(1) });
  const again = new Map([[cut.id, input]]);
  for (const { layer, inputs, output } of calls.slice(calls.findIndex(({ output }) => output === cut) + 1)) {
    const given = inputs.map(({ id }) => again.get(id));
    // What belongs to the frozen side of the cut isn't needed here.
    if (given.every((one) => one !== undefined)) {
      again.set(output.id, layer.apply(given.length === 1 ? given[0]! : given as tf.SymbolicTensor[]) as typeof input);
    }
  }
  return {
    frozen: model({ inputs: network.inputs, outputs: cut }),
    learning: model({ inputs: input, outputs: again.get(network.outputs[0].id)! }),
  };
}

/** What layers make of their inputs, each after those whose outputs it takes. */
function callsOf(output: tf.SymbolicTensor) {
  const calls = new Map<number, { layer: tf.layers.Layer; inputs: tf.SymbolicTensor[]; output: tf.SymbolicTensor }>();
  const visit = (tensor: tf.SymbolicTensor) => {
    if (calls.has(tensor.id)) return;
    const { sourceLayer: layer } = tensor;
    // An input is its own.
    const inputs = layer.inboundNodes[tensor.nodeIndex].inputTensors.filter((input) => input !== tensor);
    inputs.forEach(visit);
    calls.set(tensor.id, { layer, inputs, output: tensor });
  };
  visit(output);
  return [...calls.values()];
}

/** Whether a layer learns, or draws at each step. */
function changes(layer: tf.layers.Layer): boolean {
  const inside = "layers" in layer ? layer.layers as tf.layers.Layer[] : [];
  return layer.trainableWeights.length > 0 || /Dropout|Noise/.test(layer.getClassName()) || inside.some(changes);
}
