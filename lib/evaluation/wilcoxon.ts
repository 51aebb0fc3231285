import { normalCdf } from "./distributions.ts";
import { midranks } from "./midranks.ts";

/** Wilcoxon's signed-rank test. */
export interface WilcoxonTest {
  /** The smaller of the sums of ranks of positive and negative differences. */
  statistic: number;
  /** Two-sided, over all 2ⁿ signs; the normal approximation above 50 differences, or where some are equal or 0. */
  p: number;
}

/** Most differences whose signs are counted exactly. */
const exactUpTo = 50;

/**
 * Wilcoxon's signed-rank test of paired differences (Wilcoxon 1945); differences of 0 are left out. A check on tests that
 * take differences as normal: with five folds its p is never below .0625.
 */
export function wilcoxon(differences: readonly number[]): WilcoxonTest {
  const moved = differences.filter((value) => value !== 0), n = moved.length;
  if (n === 0) return { statistic: 0, p: NaN };
  const sizes = moved.map(Math.abs), ranks = midranks(sizes);
  const up = ranks.reduce((sum, rank, i) => sum + (moved[i] > 0 ? rank : 0), 0);
  const statistic = Math.min(up, n * (n + 1) / 2 - up);
  const plain = n === differences.length && new Set(sizes).size === n && n <= exactUpTo;
  return { statistic, p: plain ? exact(statistic, n) : approximate(statistic, sizes) };
}

/** Subsets of the ranks 1 … n by their sum, counted rank by rank. */
function exact(statistic: number, n: number): number {
  const ways = new Float64Array(n * (n + 1) / 2 + 1);
  ways[0] = 1;
  for (let rank = 1; rank <= n; rank++) {
    for (let sum = ways.length - 1; sum >= rank; sum--) ways[sum] += ways[sum - rank];
  }
  const few = ways.subarray(0, statistic + 1).reduce((sum, count) => sum + count, 0);
  return Math.min(1, 2 * few / 2 ** n);
}

function approximate(statistic: number, sizes: readonly number[]): number {
  const n = sizes.length;
  const groups = Map.groupBy(sizes, (size) => size);
  const ties = [...groups.values()].reduce((sum, { length: t }) => sum + t ** 3 - t, 0);
  const variance = n * (n + 1) * (2 * n + 1) / 24 - ties / 48;
  return 2 * normalCdf((statistic - n * (n + 1) / 4) / Math.sqrt(variance));
}
