/**
 * From probabilities to answers: aggregation, calibration and decision rules, fitted on validation parts.
 *
 * @example A rule that finds most of what is not healthy
 * ```ts
 * import { expect } from "expect";
 * import { applyDecision, fitDecision } from "./mod.ts";
 * const examples = { labels: [0, 0, 1, 1], probabilities: Float64Array.of(0.9, 0.1, 0.7, 0.3, 0.6, 0.4, 0.2, 0.8) };
 * const rule = fitDecision(examples, { classes: ["Normal", "Murmur"], aim: "youden", calibration: "none" });
 * expect([...applyDecision(rule, Float64Array.of(0.6, 0.4), { size: 2 }).predicted]).toEqual([1]);
 * ```
 *
 * @module
 */
export { aggregateWindows, type Aggregation } from "./aggregate_windows.ts";
export { applyDecision, type DecisionRule, decisionRule } from "./decision_rule.ts";
export type { DecisionAim, FitDecisionOptions } from "./fit_decision.ts";
export { aggregationAim, calibration, decisionAim, fitDecision } from "./fit_decision.ts";
export { fitTemperature, soundTemperature } from "./fit_temperature.ts";
export { fitUnitRule, fitUnitRules } from "./fit_unit_rules.ts";
export { joinPredictions, type RuleOf } from "./join_predictions.ts";

// In another place than the network was trained in.
export { LABELLED, placeScores, type PlaceThresholds, placeThresholds, UNLABELLED } from "./place_thresholds.ts";
export { shiftPriors } from "./shift_priors.ts";
