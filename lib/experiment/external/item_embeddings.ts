import type { LayersModel, SymbolicTensor, Tensor } from "@tensorflow/tfjs";
import { join } from "node:path";
import { DataError } from "../../errors/mod.ts";
import { windowSize } from "../../features/mod.ts";
import { type BundleMember, loadModel, type Run } from "../../runs/mod.ts";
import { rowKey } from "../../splits/mod.ts";
import { standardise } from "../../training/mod.ts";
import { experimentSchema } from "../describe/experiment_schema.ts";
import type { CacheOptions } from "../prepare/cached_result.ts";
import { extractFeatures } from "../prepare/extract_features.ts";
import { type LabelledWindows, labelledWindows } from "../prepare/labelled_windows.ts";
import { allTrainingRows } from "./training_rows.ts";

/** Windows that go through a network at once. */
const BATCH = 64;

/**
 * What a run's networks heard in each item that they were judged on: the numbers that the last layer decides by, the mean
 * over the item's windows, as columns `e0`, `e1`, … of a tidy table. Each fold and seed has a network, and so a space, of
 * its own; of a nested fold it is the first network.
 *
 * @throws {DataError} where the run's recordings are gone.
 */
export async function itemEmbeddings(
  run: Run,
  options: CacheOptions & { signal?: AbortSignal } = {},
): Promise<object[]> {
  const [{ experiment }, { predictions, classes }, { members }] = await Promise.all([
    ...[run.config(), run.predictions(), run.bundle()] as const,
  ]);
  const own = await allTrainingRows(run, { classes, otherwise: "leave the embeddings out" });
  const input = experimentSchema.shape.input.parse(experiment.input);
  const store = await extractFeatures(own, input, options);
  try {
    const windows = labelledWindows(store, own);
    const rowOf = new Map(own.rows.map((row, index) => [rowKey(row), index]));
    const judged = Map.groupBy(
      predictions.filter(({ part }) => part !== "validation"),
      ({ fold, seed }) => members.find((one) => (one.outer ?? one.fold) === fold && one.seed === seed)!,
    );
    const tables: object[] = [];
    for (const [member, items] of judged) {
      const embed = await embedder(run, member);
      for (const { probabilities: _, ...item } of items) {
        options.signal?.throwIfAborted();
        const values = await embed(windows, windows.of(Int32Array.of(rowOf.get(rowKey(item))!)));
        tables.push({ ...item, ...Object.fromEntries(Array.from(values, (value, i) => [`e${i}`, value])) });
      }
    }
    return tables;
  } finally {
    store.close();
  }
}

/** A network up to what its last layer is given. */
async function embedder(run: Run, { model: file, mean, std }: BundleMember) {
  const tf = await import("@tensorflow/tfjs");
  const { loadBackend, onBackend } = await import("../../engines/tfjs/backend.ts");
  await loadBackend("wasm");
  const model = await loadModel(join(run.path("model"), file));
  const cut = tf.model({ inputs: model.inputs, outputs: beforeLast(model, file) });
  const statistics = { mean: Float32Array.from(mean), std: Float32Array.from(std) };
  return async (windows: LabelledWindows, indices: Int32Array): Promise<Float64Array> => {
    const { frames, bands, channels } = windows, size = windowSize(windows);
    let sum = new Float64Array();
    for (let start = 0; start < indices.length; start += BATCH) {
      const some = indices.subarray(start, start + BATCH), inputs = new Float32Array(some.length * size);
      some.forEach((window, i) => {
        const one = inputs.subarray(i * size, (i + 1) * size);
        windows.read(window, one, 0);
        standardise(one, statistics);
      });
      const values = await onBackend("wasm", () => {
        const given = tf.tensor(inputs, [some.length, frames, bands, channels]);
        const result = cut.predict(given) as Tensor;
        const data = result.dataSync() as Float32Array;
        tf.dispose([given, result]);
        return data;
      });
      const width = values.length / some.length;
      if (sum.length === 0) sum = new Float64Array(width);
      values.forEach((value, at) => sum[at % width] += value);
    }
    return sum.map((value) => value / indices.length);
  };
}

function beforeLast(model: LayersModel, where: string): SymbolicTensor {
  const { input } = model.outputs[0].sourceLayer;
  if (!Array.isArray(input)) return input;
  throw new DataError({ expected: "a network whose last layer takes one input", found: `${input.length}`, where });
}
