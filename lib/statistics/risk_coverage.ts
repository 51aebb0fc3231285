/** One point of a risk-coverage curve: answer only what is at least this sure. */
export interface RiskCoveragePoint {
  /** Lowest confidence that is answered. */
  threshold: number;
  /** Share of the items that are answered. */
  coverage: number;
  /** Share of the answers that are wrong. */
  risk: number;
}

/**
 * How many errors remain where the least sure items are left unanswered (El-Yaniv & Wiener 2010), one point a distinct
 * confidence, from few answers to all.
 */
export function riskCoverage(confidence: ArrayLike<number>, right: ArrayLike<number>): RiskCoveragePoint[] {
  const order = Array.from({ length: confidence.length }, (_, i) => i).sort((a, b) => confidence[b] - confidence[a]);
  const points: RiskCoveragePoint[] = [];
  let wrong = 0;
  order.forEach((i, at) => {
    wrong += 1 - Number(right[i]);
    if (at + 1 < order.length && confidence[order[at + 1]] === confidence[i]) return;
    points.push({ threshold: confidence[i], coverage: (at + 1) / order.length, risk: wrong / (at + 1) });
  });
  return points;
}

/** Area under the risk-coverage curve (Geifman & El-Yaniv 2017): mean risk over all coverages; lower is better. */
export function riskCoverageArea(points: readonly RiskCoveragePoint[]): number {
  let area = 0, covered = 0;
  for (const { coverage, risk } of points) {
    area += risk * (coverage - covered);
    covered = coverage;
  }
  return area;
}
