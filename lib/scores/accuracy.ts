import { type Confusion, totalCount, truthCount } from "./confusion_matrix.ts";

/** Share of the examples that were classified rightly; NaN where there are none. */
export function accuracy(confusion: Confusion): number {
  const { size, counts } = confusion;
  let right = 0;
  for (let c = 0; c < size; c++) right += counts[c * size + c];
  return right / totalCount(confusion);
}

/** Mean recall over the classes that occur in the truth (scikit-learn `balanced_accuracy_score`). */
export function balancedAccuracy(confusion: Confusion): number {
  const { size, counts } = confusion;
  let sum = 0, present = 0;
  for (let c = 0; c < size; c++) {
    const truth = truthCount(confusion, c);
    if (truth === 0) continue;
    sum += counts[c * size + c] / truth;
    present++;
  }
  return sum / present;
}
