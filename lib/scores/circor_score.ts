import { type Confusion, totalCount, truthCount } from "./confusion_matrix.ts";

/**
 * Accuracy in which an example of class `c` counts `weights[c]` times (PhysioNet challenge 2022: Present 5, Unknown 3,
 * Absent 1; Abnormal 5, Normal 1). NaN without examples.
 */
export function weightedAccuracy(confusion: Confusion, weights: readonly number[]): number {
  const { size, counts } = confusion;
  let right = 0, all = 0;
  for (let c = 0; c < size; c++) {
    right += weights[c] * counts[c * size + c];
    all += weights[c] * truthCount(confusion, c);
  }
  return right / all;
}

/** Children of the published set of 942 whom the cardiologist found abnormal, and normal (Oliveira et al. 2022). */
const WHOLE_SET = [456, 486];

/**
 * {@linkcode circorCost} as sensitivity and specificity would have it on the whole published set: the cost depends on how
 * many are ill, so that those of two parts don't compare. NaN where a class misses.
 */
export function circorCostOfWholeSet(confusion: Confusion): number {
  const counts = confusion.counts.map((count, at) => {
    const truth = Math.floor(at / 2);
    return WHOLE_SET[truth] * count / truthCount(confusion, truth);
  });
  return circorCost({ size: 2, counts });
}

/**
 * Mean cost a patient of screening, expert, treatment and missed disease (PhysioNet challenge 2022), where class 0 is
 * positive. Lower is better; NaN without patients.
 */
export function circorCost(confusion: Confusion): number {
  const n = totalCount(confusion);
  const [tp, fn, fp] = confusion.counts;
  const s = (tp + fp) / n; // share that is sent to the expert
  return 10 + (25 + 397 * s - 1718 * s ** 2 + 11296 * s ** 4) + (10000 * tp + 50000 * fn) / n;
}
