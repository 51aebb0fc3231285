/**
 * What a figure is worth: scores of predictions with intervals over subjects and floors, and comparisons of runs.
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
// Judging: every score with its interval, its floors and its groups.
export { type EvaluateOptions, evaluatePredictions } from "./evaluate_predictions.ts";
export { floorWords, hearingFloors } from "./floor_words.ts";
export { groupScores } from "./group_scores.ts";
export { judgedItems, predictedRow, type Replicate, splitReplicates, subjectIndex } from "./judged_items.ts";
export { joinReplicates } from "./score_replicates.ts";

// What those who judge read besides: the rest of it is in `scores`, `decision` and `statistics`.
export {
  answers,
  confusion,
  confusionMatrix,
  defineScore,
  type Metrics,
  overallScores,
  type Prediction,
  scoreName,
  scoresByUnit,
} from "../scores/mod.ts";
export { aggregateWindows, applyDecision, fitDecision, fitTemperature } from "../decision/mod.ts";
export { averagePrecision, clusterBootstrap, proportionInterval, rocAuc } from "../statistics/mod.ts";

// Intervals over subjects, and how many subjects they need.
export { differenceInterval, scoreInterval } from "./score_interval.ts";
export { scoreSpreads } from "./score_spread.ts";
export { rankedScore, type StudySize, studySize } from "./study_size.ts";

// Comparing runs.
export { rankAcrossFolds } from "./across_folds.ts";
export { wilcoxon } from "./comparison_tests.ts";
export { compareRuns, type RunComparison } from "./compare_runs.ts";
export { type ScoreDifference, scoreDifferences } from "./score_differences.ts";
export type { FriedmanTest } from "./friedman.ts";

// What is heard when: answers frame by frame.
export { type FrameAnswers, type FrameScoreOptions, frameScores, onsetScores } from "./frame_scores.ts";
export { matchOnsets } from "./match_onsets.ts";
export { type Onset, onsetsOf } from "./onsets_of.ts";
