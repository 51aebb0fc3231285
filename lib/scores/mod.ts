/**
 * What is said of predictions in one number: the table of all scores, how each is computed of items, and the door for
 * one's own.
 *
 * @example The scores of a confusion
 * ```ts
 * import { expect } from "expect";
 * import { confusionMatrix, scoresOfConfusion } from "./mod.ts";
 * const counts = confusionMatrix([0, 0, 1, 1], [0, 0, 1, 0], { size: 2 });
 * const scores = scoresOfConfusion(counts, { classes: ["Normal", "Murmur"], asked: [] });
 * expect([scores.get("accuracy"), scores.get("recall/Murmur")]).toEqual([0.75, 0.5]);
 * ```
 *
 * @module
 */
// What is judged, and what is told of it.
export type {
  GroupDifference,
  GroupMetrics,
  IntervalMethod,
  Metrics,
  PartMetrics,
  Prediction,
  Score,
  Scores,
  Unit,
} from "./score.ts";
export { countedApart, type ReadScore, scoresAsRead, scoresByUnit } from "./scores_by_unit.ts";

// The table of all scores, and the door for one's own.
export {
  anyScore,
  better,
  countsBy,
  findScore,
  headlineScores,
  isOwnScore,
  lowerIsBetter,
  namedScore,
  overallScores,
  scoreInfo,
  scoreKey,
  scoreName,
  scoreTable,
  usualScores,
} from "./score_table.ts";
export type { AskedScore, JudgedItems, ScoreDefinition, Summary } from "./define_score.ts";
export { defineScore, scores } from "./define_score.ts";

// What scores are computed of.
export { balancedAccuracy, type Confusion, confusionMatrix, kappa, truthCount } from "./confusion_matrix.ts";
export { answers, confusion } from "./confusion_scores.ts";
export { logLoss } from "./probability_scores.ts";
export { scoreOfConfusion, type ScoreOptions, scoresOfConfusion, scoreStatistic } from "./score_statistic.ts";
