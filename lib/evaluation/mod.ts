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
// What was judged, and what came of it.
export type { Prediction } from "./prediction.ts";
export { predictedRow } from "./predicted_row.ts";
export { unitKey } from "./unit_key.ts";
export type {
  GroupDifference,
  GroupMetrics,
  IntervalMethod,
  Metrics,
  PartMetrics,
  Score,
  Scores,
  Unit,
} from "./score.ts";
export { scoreRows } from "./score_rows.ts";
export { scoresByUnit } from "./scores_by_unit.ts";

// Judging: every score with its interval, its floors and its groups.
export { type EvaluateOptions, evaluatePredictions } from "./evaluate_predictions.ts";
export { groupScores } from "./group_scores.ts";
export {
  joinPredictions,
  type JudgedItems,
  judgedItems,
  type RuleOf,
  splitReplicates,
  subjectIndex,
} from "./judged_items.ts";
export { leakageWarnings } from "./leakage_warnings.ts";
export * from "./place_thresholds.ts";
export * from "./shift_priors.ts";
export { tellSource } from "./tell_source.ts";

// Scores: the table of all, and the door for one's own.
export { answers } from "./answers.ts";
export { confusion } from "./confusion_scores.ts";
export { confusionMatrix } from "./confusion_matrix.ts";
export { kappa } from "./agreement.ts";
export { type AskedScore, defineScore, type JudgedCounts, type ScoreDefinition } from "./define_score.ts";
export { scoreName } from "./score_names.ts";
export { scoresOfConfusion, scoreStatistic } from "./score_statistic.ts";
export {
  anyScore,
  headlineScores,
  lowerIsBetter,
  namedScore,
  overallScores,
  scoreInfo,
  scoreKey,
  scoreTable,
  usualScores,
} from "./score_table.ts";

// Intervals over subjects.
export { clusterBootstrap } from "./cluster_bootstrap.ts";
export { quantile } from "./bootstrap_interval.ts";
export { proportionInterval } from "./proportion_interval.ts";
export { normalCdf, normalQuantile } from "./distributions.ts";
export { differenceInterval } from "./score_interval.ts";
export { rankedScore, type StudySize, studySize } from "./study_size.ts";
export { scoreSpreads } from "./score_spread.ts";

// Floors: what needs no network.
export { floorDifferences } from "./floor_differences.ts";
export { type FloorAnswers, type RowFeatures, standardiseRows } from "./floor_model.ts";
export { floorWords, hearingFloors } from "./floor_words.ts";
export { fitMetadata } from "./fit_metadata.ts";
export { type MetadataColumn, metadataColumn, metadataValues } from "./metadata_values.ts";
export { unknownMetadata } from "./unknown_metadata.ts";
export { metadataFloor } from "./metadata_floor.ts";
export { linearFloor, linearModel } from "./linear_floor.ts";
export { nearestFloor } from "./nearest_floor.ts";
export { shortcutFloor } from "./shortcut_floor.ts";

// From probabilities to answers: aggregation, calibration, thresholds.
export { aggregateWindows, type Aggregation } from "./aggregate_windows.ts";
export { applyDecision, type DecisionRule, decisionRule } from "./decision_rule.ts";
export { type AggregationAim, aggregationAim, type DecisionAim, decisionAim, fitDecision } from "./fit_decision.ts";
export { fitTemperature, soundTemperature } from "./fit_temperature.ts";
export { fitUnitRule, fitUnitRules } from "./fit_unit_rules.ts";

// Comparing runs.
export { rankAcrossFolds } from "./across_folds.ts";
export { wilcoxon } from "./wilcoxon.ts";
export { compareRuns, type RunComparison } from "./compare_runs.ts";
export type { ScoreDifference } from "./score_differences.ts";
export type { FriedmanTest } from "./friedman.ts";

// What is heard when: answers frame by frame.
export { type FrameAnswers, type FrameScoreOptions, frameScores, onsetScores } from "./frame_scores.ts";
export { matchOnsets } from "./match_onsets.ts";
export { type Onset, onsetsOf } from "./onsets_of.ts";

// Curves.
export { averagePrecision, rocAuc } from "./rank_scores.ts";
export { equalCountReliability } from "./reliability.ts";
export { riskCoverage, riskCoverageArea } from "./risk_coverage.ts";
export { precisionRecallCurve, rocCurve } from "./roc_curve.ts";

// What a model can't judge: recordings of other kinds, or too poor.
export { bodySound } from "./body_sound.ts";
export { fitNeighbours, type TrainingSound } from "./fit_neighbours.ts";
export { fitQualityLimits, type QualityLimits, qualityLimits } from "./quality_limits.ts";
export { soundTexture, textureSize } from "./sound_texture.ts";
export { neighbourhood, type TrainingNeighbours, trainingNeighbours } from "./training_neighbours.ts";
