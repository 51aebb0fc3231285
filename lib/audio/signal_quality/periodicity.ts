/**
 * The highest autocorrelation of an envelope between two lags: near 1 where it repeats itself, near 0 where it doesn't.
 *
 * @param range Shortest and longest lag, in samples.
 */
export function periodicity(envelope: ArrayLike<number>, range: { from: number; to: number }): number {
  const n = envelope.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += envelope[i] / n;
  let best = 0;
  for (let lag = Math.max(1, Math.round(range.from)); lag <= Math.min(range.to, n / 2); lag++) {
    // Normalised over the overlap, so that long lags aren't at a disadvantage.
    let product = 0, left = 0, right = 0;
    for (let i = 0; i + lag < n; i++) {
      const a = envelope[i] - mean, b = envelope[i + lag] - mean;
      product += a * b;
      left += a * a;
      right += b * b;
    }
    if (left > 0 && right > 0) best = Math.max(best, product / Math.sqrt(left * right));
  }
  return best;
}
