/**
 * Sample entropy (Richman and Moorman 2000): minus the logarithm of the odds that stretches of `m` values which are
 * alike stay alike for one value more. Regular signals are near 0, noise is above 2.
 *
 * @param tolerance Two values are alike within this share of the standard deviation. @default {0.2}
 * @returns Its largest possible value, the logarithm of the number of pairs, where no longer stretches are alike.
 */
export function sampleEntropy(
  values: ArrayLike<number>,
  { m = 2, tolerance = 0.2 }: { m?: number; tolerance?: number } = {},
): number {
  const n = values.length - m;
  const limit = tolerance * standardDeviation(values);
  let alike = 0, longer = 0;
  for (let i = 0; i < n - 1; i++) {
    for (let j = i + 1; j < n; j++) {
      let k = 0;
      while (k < m && Math.abs(values[i + k] - values[j + k]) <= limit) k++;
      if (k < m) continue;
      alike++;
      if (Math.abs(values[i + m] - values[j + m]) <= limit) longer++;
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
