import { type Confusion, predictedCount, totalCount, truthCount } from "./confusion_matrix.ts";

/** A score of one class against all others; NaN where it is 0/0. */
export type ClassScore = (confusion: Confusion, c: number) => number;

/** Share of a class that was found (sensitivity, TP / (TP + FN)). */
export const recall: ClassScore = (confusion, c) => hits(confusion, c) / truthCount(confusion, c);

/** Share of what was taken for a class that is of it (TP / (TP + FP)). */
export const precision: ClassScore = (confusion, c) => hits(confusion, c) / predictedCount(confusion, c);

/** Share of the other classes that was not taken for this one (TN / (TN + FP)). */
export const specificity: ClassScore = (confusion, c) => {
  const others = totalCount(confusion) - truthCount(confusion, c);
  return (others - predictedCount(confusion, c) + hits(confusion, c)) / others;
};

/** Harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN). */
export const f1: ClassScore = (confusion, c) =>
  2 * hits(confusion, c) / (truthCount(confusion, c) + predictedCount(confusion, c));

/**
 * Mean of a class score: `"macro"` over the classes that occur in truth or prediction, `"weighted"` by the classes'
 * examples. A class score of 0/0 counts 0 (scikit-learn's `zero_division=0`).
 */
export function averageOverClasses(confusion: Confusion, score: ClassScore, average: "macro" | "weighted"): number {
  let sum = 0, total = 0;
  for (let c = 0; c < confusion.size; c++) {
    const truth = truthCount(confusion, c);
    const weight = average === "weighted" ? truth : Number(truth > 0 || predictedCount(confusion, c) > 0);
    if (weight === 0) continue;
    const value = score(confusion, c);
    sum += weight * (Number.isNaN(value) ? 0 : value);
    total += weight;
  }
  return sum / total;
}

function hits({ size, counts }: Confusion, c: number): number {
  return counts[c * size + c];
}
