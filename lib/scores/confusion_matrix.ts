/** Counts of (true, predicted) pairs; fractional where examples have weights. */
export interface Confusion {
  /** Number of classes. */
  size: number;
  /** `[size, size]`, row-major: `counts[truth * size + predicted]`. */
  counts: Float64Array;
}

/** How often each class was taken for each other one. */
export function confusionMatrix(
  labels: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: { size: number; weights?: ArrayLike<number> },
): Confusion {
  const { size, weights } = options;
  const counts = new Float64Array(size * size);
  for (let i = 0; i < labels.length; i++) counts[labels[i] * size + predicted[i]] += weights?.[i] ?? 1;
  return { size, counts };
}

/** The confusion of coarser classes: class `c` belongs to `groups[c]`; a pair with a group of -1 is left out. */
export function collapseConfusion({ size, counts }: Confusion, groups: ArrayLike<number>): Confusion {
  let coarse = 0;
  for (let c = 0; c < size; c++) coarse = Math.max(coarse, groups[c] + 1);
  const collapsed = new Float64Array(coarse * coarse);
  for (let t = 0; t < size; t++) {
    for (let p = 0; p < size; p++) {
      if (groups[t] >= 0 && groups[p] >= 0) collapsed[groups[t] * coarse + groups[p]] += counts[t * size + p];
    }
  }
  return { size: coarse, counts: collapsed };
}

/** Number of examples of a true class. */
export function truthCount({ size, counts }: Confusion, truth: number): number {
  let sum = 0;
  for (let p = 0; p < size; p++) sum += counts[truth * size + p];
  return sum;
}

/** Number of examples that were taken for a class. */
export function predictedCount({ size, counts }: Confusion, predicted: number): number {
  let sum = 0;
  for (let t = 0; t < size; t++) sum += counts[t * size + predicted];
  return sum;
}

export function totalCount({ counts }: Confusion): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}

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

/**
 * Matthews correlation coefficient for any number of classes (Gorodkin 2004). 0 where truth or prediction is constant, as
 * scikit-learn has it.
 */
export function mcc(confusion: Confusion): number {
  const { size, counts } = confusion;
  const n = totalCount(confusion);
  if (n === 0) return NaN;
  let right = 0, both = 0, truths = 0, predictions = 0;
  for (let c = 0; c < size; c++) {
    const truth = truthCount(confusion, c), predicted = predictedCount(confusion, c);
    right += counts[c * size + c];
    both += truth * predicted;
    truths += truth * truth;
    predictions += predicted * predicted;
  }
  const square = (n * n - predictions) * (n * n - truths);
  return square > 0 ? (right * n - both) / Math.sqrt(square) : 0;
}

/** Cohen's kappa: agreement above chance. NaN where truth and prediction are one and the same class. */
export function kappa(confusion: Confusion): number {
  const { size, counts } = confusion;
  const n = totalCount(confusion);
  let right = 0, chance = 0;
  for (let c = 0; c < size; c++) {
    right += counts[c * size + c] / n;
    chance += truthCount(confusion, c) * predictedCount(confusion, c) / n ** 2;
  }
  return (right - chance) / (1 - chance);
}

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
