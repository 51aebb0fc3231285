import type { Manifest } from "../../datasets/mod.ts";
import { predictedRow } from "../../evaluation/mod.ts";
import { fitLinear } from "../../floors/mod.ts";
import type { Run } from "../../runs/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import type { Fold } from "../../splits/mod.ts";
import { predictLogistic } from "../../statistics/mod.ts";

/**
 * Writes what each fold's network says of the items that it wasn't trained on, in the dataset's classes: a logistic regression
 * over what their frames come to. It is fitted on what the networks that are judged as one say of their validation parts, and
 * each of them keeps it.
 */
export async function answerItems(
  run: Run,
  { manifest, folds }: { manifest: Manifest; folds: readonly Fold[] },
): Promise<void> {
  const { classes } = manifest;
  const read = await Promise.all(folds.map(async (fold, index) => {
    const own = run.inside("folds", `${index}`);
    return { fold, own, finished: await own.fold(), readings: (await own.readings()).rows };
  }));
  const judgedAsOne = Map.groupBy(read, ({ fold: { seed, outer, fold } }) => `${seed}/${outer ?? fold}`);
  for (const networks of judgedAsOne.values()) {
    const all = networks.flatMap(({ readings }) => readings);
    const rows = all.map(({ row }) => manifest.rows[row]);
    const unseen = Int32Array.from(all.keys().filter((i) => all[i].part === "validation"));
    const features = { values: all.flatMap(({ values }) => values), width: all[0].values.length };
    const model = fitLinear(features, { rows, fold: { ...networks[0].fold, train: unseen }, classes });
    for (const { fold, own, finished: { member, history }, readings } of networks) {
      const predictions = readings.map(({ part, row, values }) =>
        itemPrediction(manifest.rows[row], predictLogistic(model, values), { ...fold, part, classes })
      );
      await own.save("predictions", { predictions, classes });
      await own.save("fold", { member: { ...member, reader: Array.from(model.coefficients) }, history });
    }
  }
}

/** What a network says of a row as a whole, before any rule. */
export function itemPrediction(
  row: Manifest["rows"][number],
  probabilities: Float64Array,
  { fold, seed, part, classes }: Pick<Fold, "fold" | "seed"> & { part: string; classes: readonly string[] },
): Prediction {
  const predicted = classes[probabilities.indexOf(Math.max(...probabilities))];
  return { fold, seed, part, ...predictedRow(row), predicted, probabilities: Array.from(probabilities) };
}
