import { type Confusion, predictedCount, totalCount, truthCount } from "./confusion_matrix.ts";

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
