import type { Manifest } from "../../datasets/mod.ts";
import { predictedRow } from "../../evaluation/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import type { Fold } from "../../splits/mod.ts";

/** What a network says of a row as a whole, before any rule. */
export function itemPrediction(
  row: Manifest["rows"][number],
  probabilities: Float64Array,
  { fold, seed, part, classes }: Pick<Fold, "fold" | "seed"> & { part: string; classes: readonly string[] },
): Prediction {
  const predicted = classes[probabilities.indexOf(Math.max(...probabilities))];
  return { fold, seed, part, ...predictedRow(row), predicted, probabilities: Array.from(probabilities) };
}
