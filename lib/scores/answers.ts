import type { Summary } from "./define_score.ts";

/** The answers themselves, each as often as its subject counts. */
export interface JudgedAnswers {
  classes: readonly string[];
  /** True class of each item. */
  labels: Int32Array;
  /** Class after the decision rule. */
  predicted: Int32Array;
  /** `[n, classes]`, row-major. */
  probabilities: Float64Array;
}

/** Labels, answers and probabilities, for scores that counts don't tell. */
export const answers: Summary<JudgedAnswers> = ({ labels, predicted, probabilities, clusters }, classes) => {
  const size = classes.length;
  return (weights) => {
    const items: number[] = [];
    clusters.forEach((cluster, i) => {
      for (let times = weights[cluster]; times > 0; times--) items.push(i);
    });
    const rows = new Float64Array(items.length * size);
    items.forEach((i, at) => rows.set(probabilities.subarray(i * size, (i + 1) * size), at * size));
    return {
      classes,
      labels: Int32Array.from(items, (i) => labels[i]),
      predicted: Int32Array.from(items, (i) => predicted[i]),
      probabilities: rows,
    };
  };
};
