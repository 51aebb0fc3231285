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

/**
 * Cohen's kappa: agreement above chance. `"linear"` and `"quadratic"` weigh a disagreement by the distance of the classes.
 * NaN where truth and prediction are one and the same class.
 */
export function kappa(confusion: Confusion, weights: "none" | "linear" | "quadratic" = "none"): number {
  const { size, counts } = confusion;
  const n = totalCount(confusion);
  let found = 0, chance = 0;
  for (let t = 0; t < size; t++) {
    const truth = truthCount(confusion, t);
    for (let p = 0; p < size; p++) {
      const distance = weights === "none" ? Number(t !== p) : Math.abs(t - p) ** (weights === "linear" ? 1 : 2);
      found += distance * counts[t * size + p];
      chance += distance * truth * predictedCount(confusion, p) / n;
    }
  }
  return 1 - found / chance;
}
