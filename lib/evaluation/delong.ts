import { midranks, normalCdf } from "../statistics/mod.ts";

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
