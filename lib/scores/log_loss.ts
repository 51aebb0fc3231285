/**
 * Mean negative logarithm of the probability that the true class was given, clipped to 2⁻⁵² from either end as
 * scikit-learn does for doubles.
 *
 * @param probabilities `[n, size]`, row-major.
 */
export function logLoss(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: { size: number; weights?: ArrayLike<number> },
): number {
  let sum = 0, total = 0;
  for (let i = 0; i < labels.length; i++) {
    const weight = options.weights?.[i] ?? 1;
    sum += weight * surprise(probabilities[i * options.size + labels[i]]);
    total += weight;
  }
  return sum / total;
}

/** Negative logarithm of a probability, at most 36.04. */
export function surprise(probability: number): number {
  return -Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability)));
}
