import { studentTwoSided } from "../statistics/mod.ts";

export interface ResampledT {
  /** Mean of the differences. */
  difference: number;
  t: number;
  degrees: number;
  /** Two-sided; NaN where all differences are equal. */
  p: number;
}

/**
 * The corrected resampled t-test (Nadeau & Bengio 2003) of the differences between two runs, one a fold and seed: the
 * variance counts (1/n + test/train), since the training parts overlap.
 *
 * @param ratio Items in a test part divided by items in its training part.
 */
export function resampledT(differences: readonly number[], { ratio }: { ratio: number }): ResampledT {
  const n = differences.length;
  const mean = differences.reduce((a, b) => a + b, 0) / n;
  const variance = differences.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  const varies = Math.sqrt(variance) > 1e-9 * Math.max(...differences.map(Math.abs)); // less is rounding
  const t = varies ? mean / Math.sqrt(variance * (1 / n + ratio)) : NaN;
  return { difference: mean, t, degrees: n - 1, p: Number.isNaN(t) ? NaN : studentTwoSided(t, n - 1) };
}
