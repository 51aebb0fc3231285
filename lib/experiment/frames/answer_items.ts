import type { Manifest } from "../../datasets/mod.ts";
import { linearModel } from "../../floors/mod.ts";
import { predictedRow } from "../../evaluation/mod.ts";
import { type Prediction } from "../../scores/mod.ts";
import type { Run } from "../../runs/mod.ts";
import type { Fold } from "../../splits/mod.ts";
import type { SaidOfFold } from "../judge/join_folds.ts";

/**
 * What each fold's network says of the items that it wasn't trained on, in the dataset's classes: a logistic regression over what
 * their frames come to. It is fitted on what the networks that are judged as one say of their validation parts.
 */
export async function answerItems(
  run: Run,
  { manifest, folds }: { manifest: Manifest; folds: readonly Fold[] },
): Promise<SaidOfFold[]> {
  const read = await Promise.all(folds.map(async (fold, index) => {
    const { rows } = await run.inside("folds", `${index}`).readings();
    return rows.map((reading) => ({ ...reading, index, fold }));
  }));
  const judgedAsOne = Map.groupBy(read.flat(), ({ fold: { seed, outer, fold } }) => `${seed}/${outer ?? fold}`);
  const predictions = [...judgedAsOne.values()].flatMap((readings) => {
    const rows = readings.map(({ row }) => manifest.rows[row]), { classes } = manifest;
    const unseen = Int32Array.from(readings.keys().filter((i) => readings[i].part === "validation"));
    const features = { values: readings.flatMap(({ values }) => values), width: readings[0].values.length };
    const model = linearModel(features, { rows, fold: { ...readings[0].fold, train: unseen }, classes });
    const probabilities = model(Int32Array.from(readings.keys()));
    return readings.map(({ part, index, fold: { fold, seed } }, i) => {
      const own = Array.from(probabilities.subarray(i * classes.length, (i + 1) * classes.length));
      const predicted = classes[own.indexOf(Math.max(...own))];
      const one: Prediction = { fold, seed, part, ...predictedRow(rows[i]), predicted, probabilities: own };
      return { index, one };
    });
  });
  const byFold = Map.groupBy(predictions, ({ index }) => index);
  return folds.map(({ fold, seed, outer }, index) => ({
    member: { fold, seed, outer },
    predictions: (byFold.get(index) ?? []).map(({ one }) => one),
  }));
}
