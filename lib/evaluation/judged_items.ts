import { InputError } from "../errors/mod.ts";
import { rowKey, subjectKey } from "../splits/fold.ts";
import type { JudgedItems, Prediction } from "../scores/mod.ts";
import type { ManifestRow } from "../datasets/manifest.ts";

export function subjectIndex(predictions: readonly Prediction[]): Map<string, number> {
  const subjects = [...new Set(predictions.map(subjectKey))].sort();
  return new Map(subjects.map((subject, i) => [subject, i]));
}

/** The predictions as arrays, one entry a prediction. */
export function judgedItems(
  predictions: readonly Prediction[],
  { classes, subjects }: { classes: readonly string[]; subjects: ReadonlyMap<string, number> },
): JudgedItems {
  const index = new Map(classes.map((name, c) => [name, c]));
  const probabilities = new Float64Array(predictions.length * classes.length);
  predictions.forEach((one, i) => {
    const wrong = index.has(one.label) ? index.has(one.predicted) ? undefined : one.predicted : one.label;
    if (wrong !== undefined) refuse(one, `a class of the task (${classes.join(", ")})`, `"${wrong}"`);
    if (one.probabilities.length !== classes.length || !one.probabilities.every(Number.isFinite)) {
      refuse(one, `${classes.length} probabilities`, `[${one.probabilities.join(", ")}]`);
    }
    probabilities.set(one.probabilities, i * classes.length);
  });
  return {
    labels: Int32Array.from(predictions, (one) => index.get(one.label)!),
    predicted: Int32Array.from(predictions, (one) => index.get(one.predicted)!),
    probabilities,
    clusters: Int32Array.from(predictions, (one) => subjects.get(subjectKey(one))!),
  };
}

function refuse({ recording, start, end }: Prediction, expected: string, found: string): never {
  throw new InputError({ expected, found, where: `the prediction of ${recording} (${start}-${end} s)` });
}

/** Predictions that judge every unit by one model each: see {@linkcode splitReplicates}. */
export interface Replicate {
  seed: number;
  predictions: Prediction[];
}

/**
 * Predictions by replicate: one a seed, and one more for each further time that a seed's folds judge the same items
 * (repeated folds, the folds of an external test). Where some items come up more often than others (validation parts), a
 * seed is one replicate.
 */
export function splitReplicates(predictions: readonly Prediction[]): Replicate[] {
  return [...Map.groupBy(predictions, ({ seed }) => seed)].sort(([a], [b]) => a - b).flatMap(([seed, of]) => {
    const rounds: Prediction[][] = [];
    const seen = new Map<string, { fold: number; round: number }>();
    for (const prediction of of.toSorted((a, b) => a.fold - b.fold)) {
      const key = rowKey(prediction), last = seen.get(key);
      const round = last === undefined ? 0 : last.fold === prediction.fold ? last.round : last.round + 1;
      seen.set(key, { fold: prediction.fold, round });
      (rounds[round] ??= []).push(prediction);
    }
    const even = rounds.every((round) => round.length === rounds[0].length);
    return even ? rounds.map((round) => ({ seed, predictions: round })) : [{ seed, predictions: of }];
  });
}

/** What a prediction repeats of the manifest row that it is of. */
export function predictedRow(
  { recording, subject, visit, source, start, end, label }: ManifestRow,
): Omit<ManifestRow, "part" | "attributes"> {
  return { recording, subject, ...visit === undefined ? {} : { visit }, source, start, end, label };
}
