/**
 * What a figure is worth: scores of predictions with intervals over subjects and floors, official scores, calibration,
 * decision rules.
 *
 * @example Every score of a part, with its interval
 * ```ts
 * import { expect } from "expect";
 * import { evaluatePredictions, type Prediction } from "./mod.ts";
 * const predictions: Prediction[] = Array.from({ length: 40 }, (_, i) => {
 *   const label = i % 2 ? "Murmur" : "Normal", p = i % 8 === 1 ? 0.3 : i % 2 ? 0.9 : 0.2;
 *   return {
 *     fold: 0, seed: 0, part: "test", recording: `${i}.wav`, subject: `${i}`, source: "a", start: 0, end: 1, label,
 *     predicted: p > 0.5 ? "Murmur" : "Normal", probabilities: [1 - p, p],
 *   };
 * });
 * const { pooled } = evaluatePredictions(predictions, { classes: ["Normal", "Murmur"], seed: 0 });
 * const { value, floor } = pooled.item!.accuracy;
 * expect([value, floor]).toEqual([0.875, 0.5]);
 * ```
 *
 * @module
 */
export * from "./accuracy.ts";
export { rankAcrossFolds } from "./across_folds.ts";
export * from "./aggregate_windows.ts";
export * from "./answers.ts";
export * from "./agreement.ts";
export * from "./body_sound.ts";
export * from "./bootstrap_interval.ts";
export * from "./circor_score.ts";
export * from "./class_scores.ts";
export * from "./cluster_bootstrap.ts";
export * from "./compare_runs.ts";
export * from "./confusion_matrix.ts";
export { confusion } from "./confusion_scores.ts";
export * from "./decision_rule.ts";
export * from "./delong.ts";
export * from "./distributions.ts";
export * from "./evaluate_predictions.ts";
export * from "./fit_decision.ts";
export * from "./fit_temperature.ts";
export * from "./fit_unit_rules.ts";
export * from "./floor_differences.ts";
export * from "./floor_model.ts";
export * from "./floor_words.ts";
export * from "./fit_neighbours.ts";
export * from "./friedman.ts";
export * from "./group_scores.ts";
export * from "./icbhi_score.ts";
export * from "./isotonic.ts";
export * from "./judged_items.ts";
export * from "./leakage_warnings.ts";
export * from "./linear_floor.ts";
export * from "./log_loss.ts";
export * from "./mcnemar.ts";
export * from "./nearest_floor.ts";
export * from "./official_scores.ts";
export * from "./prediction.ts";
export * from "./proportion_interval.ts";
export * from "./quality_limits.ts";
export * from "./rank_scores.ts";
export * from "./reliability.ts";
export * from "./resampled_t.ts";
export * from "./risk_coverage.ts";
export * from "./roc_curve.ts";
export * from "./score.ts";
export type { ScoreDifference } from "./score_differences.ts";
export * from "./score_interval.ts";
export * from "./score_names.ts";
export * from "./score_table.ts";
export * from "./define_score.ts";
export * from "./score_spread.ts";
export * from "./score_statistic.ts";
export * from "./scores_by_unit.ts";
export * from "./shortcut_floor.ts";
export * from "./sound_texture.ts";
export * from "./sprsound_score.ts";
export * from "./tell_source.ts";
export * from "./temper.ts";
export * from "./wilcoxon.ts";
export {
  type Neighbourhood,
  neighbourhood,
  type TrainingNeighbours,
  trainingNeighbours,
} from "./training_neighbours.ts";
