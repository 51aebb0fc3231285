/** Values in a stretch, and the share of the standard deviation within which two values are alike. */
const M = 2, TOLERANCE = 0.2;

/**
 * Sample entropy (Richman and Moorman 2000): minus the logarithm of the odds that stretches of two values which are
 * alike stay alike for one value more. Regular signals are near 0, noise is above 2.
 *
 * @returns Its largest possible value, the logarithm of the number of pairs, where no longer stretches are alike.
 */
export function sampleEntropy(values: ArrayLike<number>): number {
  const n = values.length - M;
  const limit = TOLERANCE * standardDeviation(values);
  let alike = 0, longer = 0;
  for (let i = 0; i < n - 1; i++) {
    for (let j = i + 1; j < n; j++) {
      let k = 0;
      while (k < M && Math.abs(values[i + k] - values[j + k]) <= limit) k++;
      if (k < M) continue;
      alike++;
      if (Math.abs(values[i + M] - values[j + M]) <= limit) longer++;
    }
  }
  const pairs = Math.max(2, n * (n - 1) / 2);
  return alike > 0 && longer > 0 ? Math.log(alike / longer) : Math.log(pairs);
}

function standardDeviation(values: ArrayLike<number>): number {
  let mean = 0, square = 0;
  for (let i = 0; i < values.length; i++) mean += values[i] / values.length;
  for (let i = 0; i < values.length; i++) square += (values[i] - mean) ** 2 / values.length;
  return Math.sqrt(square);
}
