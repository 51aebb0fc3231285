import { beforeLastLayer } from "../../engines/mod.ts";
import { UsageError } from "../../errors/mod.ts";
import { loadModel, type Run } from "../../runs/mod.ts";
import { rowKey } from "../../splits/mod.ts";
import { runWindows } from "../../training/mod.ts";
import { experimentSchema } from "../describe/experiment_schema.ts";
import type { CacheOptions } from "../prepare/extract_features.ts";
import { metadataWindows, openWindows } from "../prepare/labelled_windows.ts";
import { allTrainingRows } from "../prepare/known_sounds.ts";

/**
 * What a run's networks heard in each item that they were judged on: the numbers that the last layer decides by, the mean
 * over the item's windows, as columns `e0`, `e1`, … of a tidy table. Each fold and seed has a network, and so a space, of
 * its own; of a nested fold it is the first network.
 *
 * @throws {DataError} where the run's recordings are gone.
 * @throws {UsageError} for networks that answer by frame.
 */
export async function itemEmbeddings(run: Run, options: CacheOptions = {}): Promise<object[]> {
  const { experiment } = await run.config(), { predictions, classes } = await run.predictions();
  const { members, frameAnswers } = await run.bundle();
  if (frameAnswers) {
    const expected = "networks whose last layer decides on an item";
    const found = "networks that answer by frame";
    throw new UsageError({ expected, found, where: run.folder, remedy: "leave the embeddings out" });
  }
  const own = await allTrainingRows(run, { classes, otherwise: "leave the embeddings out" });
  const input = experimentSchema.shape.input.parse(experiment.input);
  using windows = await openWindows(own, input, options);
  const rowOf = new Map(own.rows.map((row, index) => [rowKey(row), index]));
  const judged = Map.groupBy(
    predictions.filter(({ part }) => part !== "validation"),
    ({ fold, seed }) => members.find((one) => (one.outer ?? one.fold) === fold && one.seed === seed)!,
  );
  const tables: object[] = [];
  for (const [{ model, mean, std, metadata }, items] of judged) {
    const before = await beforeLastLayer(await loadModel(run.path("model", model)));
    const statistics = { mean: Float32Array.from(mean), std: Float32Array.from(std) };
    const source = metadataWindows(windows, own.rows, metadata);
    for (const { probabilities: _, ...item } of items) {
      options.signal?.throwIfAborted();
      const indices = windows.of(Int32Array.of(rowOf.get(rowKey(item))!));
      const { values, width } = await runWindows(before, { source, indices, statistics });
      const sum = new Float64Array(width);
      values.forEach((value, at) => sum[at % width] += value);
      const means = Array.from(sum, (value, i) => [`e${i}`, value / indices.length]);
      tables.push({ ...item, ...Object.fromEntries(means) });
    }
  }
  return tables;
}
