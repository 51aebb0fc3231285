/**
 * Mean squared distance of the probabilities from the truth (Brier 1950): the sum over all classes, 0 … 2; for two classes the
 * customary half of it, 0 … 1.
 *
 * @param probabilities `[n, size]`, row-major.
 */
export function brierScore(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  options: { size: number; weights?: ArrayLike<number> },
): number {
  let sum = 0, total = 0;
  for (let i = 0; i < labels.length; i++) {
    const weight = options.weights?.[i] ?? 1;
    sum += weight * squaredDistance(probabilities, i, { size: options.size, label: labels[i] });
    total += weight;
  }
  return sum / total;
}

/** The Brier score of example `i`. */
export function squaredDistance(
  probabilities: ArrayLike<number>,
  i: number,
  { size, label }: { size: number; label: number },
): number {
  let sum = 0;
  for (let c = 0; c < size; c++) sum += (probabilities[i * size + c] - Number(c === label)) ** 2;
  return size === 2 ? sum / 2 : sum;
}
