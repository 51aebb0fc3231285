import type { ManifestRow } from "../datasets/manifest.ts";
import type { Fold } from "../splits/mod.ts";
import { applyDecision, type DecisionAim, fitDecision, type FitDecisionOptions } from "../decision/mod.ts";
import { predictedRow } from "../evaluation/mod.ts";
import type { Prediction } from "../scores/mod.ts";

/** What every floor is trained with: the same split and the same aim as the network. */
export interface FloorOptions extends Pick<FitDecisionOptions, "classes" | "overSources"> {
  rows: readonly ManifestRow[];
  fold: Fold;
  /** What its decision rule is fitted for, on the validation part. @default {"argmax"} */
  aim?: DecisionAim;
}

/** What a floor says of the rows of a fold that it hasn't learned. */
export interface FloorAnswers {
  /** What its decision rule was fitted on, and what rules for recordings and subjects can be fitted on. */
  validation: Prediction[];
  test: Prediction[];
}

/** One row of numbers a manifest row. */
export interface RowFeatures {
  /** `[rows, width]`, row-major. */
  values: ArrayLike<number>;
  width: number;
}

/** Probabilities of some rows, `[rows, classes]`. */
export type FloorModel = (rows: Int32Array) => Float64Array;

/** Answers for the validation and the test rows of a fold, by a rule that was fitted on its validation rows. */
export function judgeFloor(model: FloorModel, options: FloorOptions): FloorAnswers {
  const { rows, fold, classes, aim = "argmax", overSources } = options;
  const size = classes.length, labels = labelsOf(rows, classes);
  const rule = fitDecision({
    labels: fold.validation.map((row) => labels[row]),
    probabilities: model(fold.validation),
    sources: Array.from(fold.validation, (row) => rows[row].source),
  }, { classes, aim, overSources });
  const answers = (part: "validation" | "test") => {
    const { probabilities, predicted } = applyDecision(rule, model(fold[part]), { size });
    return Array.from(fold[part], (row, i): Prediction => ({
      ...{ fold: fold.fold, seed: fold.seed, part, ...predictedRow(rows[row]), predicted: classes[predicted[i]] },
      probabilities: [...probabilities.subarray(i * size, (i + 1) * size)],
    }));
  };
  return { validation: answers("validation"), test: answers("test") };
}

export function labelsOf(rows: readonly ManifestRow[], classes: readonly string[]): Int32Array {
  return Int32Array.from(rows, ({ label }) => classes.indexOf(label));
}

/** Mean of each feature over the given rows, and one over its standard deviation; 0 for what does not vary there. */
export function rowStatistics(
  { values, width }: RowFeatures,
  over: Int32Array,
): Record<"mean" | "scale", Float64Array> {
  const average = (of: (value: number, f: number) => number) => {
    const sums = new Float64Array(width);
    for (const row of over) sums.forEach((_, f) => sums[f] += of(values[row * width + f], f) / over.length);
    return sums;
  };
  const mean = average((value) => value), square = average((value, f) => (value - mean[f]) ** 2);
  const scale = square.map((variance, f) => variance > 1e-12 * (1 + mean[f] ** 2) ? 1 / Math.sqrt(variance) : 0);
  return { mean, scale };
}

/** The features with mean 0 and standard deviation 1 over the given rows; what does not vary there becomes 0. */
export function standardiseRows(features: RowFeatures, over: Int32Array): Float64Array {
  const { values, width } = features, { mean, scale } = rowStatistics(features, over);
  return Float64Array.from({ length: values.length }, (_, k) => (values[k] - mean[k % width]) * scale[k % width]);
}

/** The given rows of a matrix of `width` columns. */
export function takeRows(values: Float64Array, rows: Int32Array, width: number): Float64Array {
  const taken = new Float64Array(rows.length * width);
  rows.forEach((row, i) => taken.set(values.subarray(row * width, (row + 1) * width), i * width));
  return taken;
}
