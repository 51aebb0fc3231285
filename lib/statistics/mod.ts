/**
 * What several rooms compute alike: models, intervals, rank tests, curves.
 *
 * @example Which of two classes a single number tells
 * ```ts
 * import { expect } from "expect";
 * import { fitLogistic, predictLogistic } from "./mod.ts";
 * const model = fitLogistic([0, 1, 2, 3], [0, 0, 1, 1], { size: 2, width: 1 });
 * const [, sick] = predictLogistic(model, [1.5]);
 * expect(sick).toBeCloseTo(0.5, 4);
 * ```
 *
 * @module
 */
export * from "./logistic_regression.ts";
export * from "./holm.ts";
export * from "./union_find.ts";

// Distributions, and intervals over subjects.
export {
  binomialCdf,
  bisect,
  normalCdf,
  normalQuantile,
  regularisedBeta,
  studentQuantile,
  studentTwoSided,
} from "./distributions.ts";
export { midranks } from "./midranks.ts";
export { type BootstrapInterval, clusterBootstrap, quantile, type Statistic } from "./cluster_bootstrap.ts";
export { proportionInterval } from "./proportion_interval.ts";

// Curves.
export { averagePrecision, Ranking, rocAuc } from "./rank_scores.ts";
export { equalCountReliability } from "./reliability.ts";
export { riskCoverage, riskCoverageArea } from "./risk_coverage.ts";
export { precisionRecallCurve, rocCurve } from "./roc_curve.ts";
