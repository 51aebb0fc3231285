import type { LayersModel, SymbolicTensor } from "@tensorflow/tfjs";
import type { Engine } from "../../engines/mod.ts";
import { loadTfjs, splitFrozen, STANDARDISED } from "../../models/mod.ts";
import { type ExampleSource, type FeatureStatistics, featureStatistics, runWindows } from "../../training/mod.ts";

/** What is needed to send windows through a part of a network. */
export interface KeepFrozenOptions {
  engine: Engine;
  threads: number;
  source: ExampleSource;
  /** Windows that are trained on or chosen by. */
  indices: Int32Array;
  statistics: FeatureStatistics;
  signal?: AbortSignal;
}

/** Most numbers that are kept: 1 GiB. Beyond it, frozen layers are computed at each step. */
const MOST = 2 ** 28;

/**
 * Computes what the layers at the beginning of a network that never learn give of each window, once.
 *
 * @returns the layers behind them, with the network's own weights, and what these see of the windows; nothing where all layers
 * learn or it would be too much to keep.
 */
export async function keepFrozen(
  network: LayersModel,
  options: KeepFrozenOptions,
): Promise<{ model: LayersModel; source: ExampleSource } | undefined> {
  const { source, indices } = options;
  const split = await splitFrozen(network, { until: STANDARDISED });
  if (!split) return undefined;
  const size = split.learning.inputs[0].shape.slice(1).reduce<number>((product, extent) => product * extent!, 1);
  if (indices.length * size > MOST) return undefined;
  const values = await through(split.frozen, options);
  const place = new Map(Array.from(indices, (index, i) => [index, i]));
  const read: ExampleSource["read"] = (index, into, offset) => {
    const at = place.get(index)! * size;
    into.set(values.subarray(at, at + size), offset);
  };
  return { model: split.learning, source: { ...source, frames: 1, bands: 1, channels: size, read } };
}

/** Gives the layer that standardises embeddings, where a network has one, their mean and variance over some windows. */
export async function standardiseEmbeddings(network: LayersModel, options: KeepFrozenOptions): Promise<void> {
  const layer = network.layers.find(({ name }) => name === STANDARDISED);
  if (!layer) return;
  const tf = await loadTfjs();
  const given = layer.inboundNodes.at(-1)!.inputTensors[0] as SymbolicTensor;
  const values = await through(tf.model({ inputs: network.inputs, outputs: given }), options);
  const [, frames, bands] = given.shape as number[], size = frames * bands;
  const shape = { frames, bands, channels: 1, count: options.indices.length, classes: 1, labels: new Int32Array() };
  const read: ExampleSource["read"] = (i, into) => into.set(values.subarray(i * size, (i + 1) * size));
  const { mean, std } = featureStatistics({ ...shape, read }, Int32Array.from(options.indices.keys()));
  const weights = [tf.tensor1d(mean), tf.tensor1d(std.map((deviation) => deviation ** 2))];
  layer.setWeights(weights);
  tf.dispose(weights);
}

/** What a part of a network gives of the windows, `[count, width]`. */
async function through(
  part: LayersModel,
  { engine, threads, source, indices, statistics, signal }: KeepFrozenOptions,
): Promise<Float32Array> {
  await using opened = new AsyncDisposableStack();
  const { run } = opened.adopt(await engine.infer(part, { threads }), (one) => one.dispose());
  const passed = await runWindows(run, { source, indices, statistics, signal });
  signal?.throwIfAborted();
  return passed!.values;
}
