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

/**
 * The class of answers that may name none or several: these count as the positive class, as the challenge's
 * `enforce_positives` has it.
 *
 * @param answers One row an answer, one entry a class; not 0 where the class was named.
 */
export function enforcePositives(answers: readonly ArrayLike<number>[], positive: number): Int32Array {
  return Int32Array.from(answers, (row) => {
    const named = Array.from(row).flatMap((value, c) => value ? [c] : []);
    return named.length === 1 ? named[0] : positive;
  });
}
