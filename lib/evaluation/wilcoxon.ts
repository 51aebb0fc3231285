import { midranks, normalCdf } from "../statistics/mod.ts";

export interface WilcoxonTest {
  /** The smaller of the sums of ranks of positive and negative differences. */
  statistic: number;
  /** Two-sided, over all 2ⁿ signs of the ranks as they are, tied or not; the normal approximation above 50 differences. */
  p: number;
}

/** Most differences whose signs are counted exactly. */
const exactUpTo = 50;

/** Differences closer than this share of the largest are equal, and below it 0: scores are rounded to 1e-16 before. */
const rounding = 1e-9;

/**
 * Wilcoxon's signed-rank test of paired differences (Wilcoxon 1945); differences of 0 are left out, and where there is no
 * other, p is 1. A check on tests that take differences as normal: with five folds its p is never below .0625.
 */
export function wilcoxon(differences: readonly number[]): WilcoxonTest {
  if (differences.some(Number.isNaN)) return { statistic: NaN, p: NaN };
  const tolerance = rounding * Math.max(...differences.map(Math.abs));
  const moved = differences.filter((value) => Math.abs(value) > tolerance), n = moved.length;
  const ranks = midranks(moved.map(Math.abs), tolerance);
  const up = ranks.reduce((sum, rank, i) => sum + (moved[i] > 0 ? rank : 0), 0);
  const statistic = Math.min(up, n * (n + 1) / 2 - up);
  return { statistic, p: n <= exactUpTo ? exact(statistic, ranks) : approximate(statistic, ranks) };
}

/** How likely each sum of positive ranks is, rank by rank; mean ranks are halves, so that twice a rank is whole. */
function exact(statistic: number, ranks: readonly number[]): number {
  const n = ranks.length, likely = new Float64Array(n * (n + 1) + 1);
  likely[0] = 1;
  for (const rank of ranks) {
    for (let sum = likely.length - 1; sum >= 0; sum--) likely[sum] = (likely[sum] + (likely[sum - 2 * rank] ?? 0)) / 2;
  }
  return Math.min(1, 2 * likely.subarray(0, 2 * statistic + 1).reduce((a, b) => a + b, 0));
}

function approximate(statistic: number, ranks: readonly number[]): number {
  const variance = ranks.reduce((sum, rank) => sum + rank * rank, 0) / 4;
  return 2 * normalCdf((statistic - ranks.length * (ranks.length + 1) / 4) / Math.sqrt(variance));
}
