import { binomialCdf, midranks, normalCdf, studentTwoSided } from "../statistics/mod.ts";

export interface WilcoxonTest {
  /** The smaller of the sums of ranks of positive and negative differences. */
  statistic: number;
  /** Two-sided, over all 2ⁿ signs of the ranks as they are, tied or not; the normal approximation above 50 differences. */
  p: number;
}

const exactUpTo = 50; // most differences whose signs are counted exactly

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

/** McNemar's test of two runs on the same items. */
export interface McnemarTest {
  /** Items that only the first run has right. */
  firstOnly: number;
  /** Items that only the second run has right. */
  secondOnly: number;
  /** Two-sided exact probability: min(1, 2 P(X ≤ min)), X binomial of probability ½. */
  p: number;
  /** χ² with continuity correction, (|b - c| - 1)² / (b + c), and its probability; `null` without discordant items. */
  corrected: { statistic: number; p: number } | null;
}

/** McNemar's test (1947) of the items that one run has right and the other wrong. It takes items as independent. */
export function mcnemar(firstOnly: number, secondOnly: number): McnemarTest {
  const n = firstOnly + secondOnly;
  const p = Math.min(1, 2 * binomialCdf(Math.min(firstOnly, secondOnly), n, 0.5));
  const statistic = (Math.abs(firstOnly - secondOnly) - 1) ** 2 / n;
  const corrected = n === 0 ? null : { statistic, p: 2 * normalCdf(-Math.sqrt(statistic)) };
  return { firstOnly, secondOnly, p, corrected };
}

/** DeLong's test of two correlated areas under the ROC curve. */
export interface DelongTest {
  auc: [number, number];
  /** Covariance of the two areas, `[2, 2]`. */
  covariance: [[number, number], [number, number]];
  /** First minus second. */
  difference: number;
  /** NaN where the difference has no variance. */
  z: number;
  /** Two-sided. */
  p: number;
}

/**
 * DeLong's test (1988) by midranks (Sun & Xu 2014), ties counted as half. It takes items as independent.
 *
 * @param positive 1 or 0, one an item.
 */
export function delong(positive: ArrayLike<number>, first: ArrayLike<number>, second: ArrayLike<number>): DelongTest {
  const items = Array.from({ length: positive.length }, (_, i) => i);
  const sick = items.filter((i) => positive[i]), well = items.filter((i) => !positive[i]);
  const parts = [first, second].map((score) => components(sick.map((i) => score[i]), well.map((i) => score[i])));
  const cov = (a: number, b: number) =>
    covariance(parts[a].sick, parts[b].sick) / sick.length + covariance(parts[a].well, parts[b].well) / well.length;
  const difference = parts[0].auc - parts[1].auc;
  const variance = cov(0, 0) + cov(1, 1) - 2 * cov(0, 1);
  const z = variance > 1e-18 ? difference / Math.sqrt(variance) : NaN;
  return {
    auc: [parts[0].auc, parts[1].auc],
    covariance: [[cov(0, 0), cov(0, 1)], [cov(1, 0), cov(1, 1)]],
    difference,
    z,
    p: 2 * normalCdf(-Math.abs(z)),
  };
}

/** Share of the other class that each example beats: V10 and V01. */
function components(sick: number[], well: number[]) {
  const all = midranks([...sick, ...well]), among = midranks(sick), others = midranks(well);
  const v10 = sick.map((_, i) => (all[i] - among[i]) / well.length);
  const v01 = well.map((_, j) => 1 - (all[sick.length + j] - others[j]) / sick.length);
  return { sick: v10, well: v01, auc: v10.reduce((a, b) => a + b, 0) / sick.length };
}

function covariance(a: number[], b: number[]): number {
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanA = mean(a), meanB = mean(b);
  return a.reduce((sum, value, i) => sum + (value - meanA) * (b[i] - meanB), 0) / (a.length - 1);
}

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
