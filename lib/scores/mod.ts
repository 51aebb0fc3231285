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
export type { Prediction } from "./score.ts";
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
export { countedApart, type ReadScore, scoresAsRead, scoresByUnit } from "./scores_by_unit.ts";

// The table of all scores, and the door for one's own.
export { scoreName } from "./score_table.ts";
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
  scoreTable,
  usualScores,
} from "./score_table.ts";
export {
  type AskedScore,
  defineScore,
  type JudgedItems,
  type ScoreDefinition,
  scores,
  type Summary,
} from "./define_score.ts";

// What scores are computed of.
export { balancedAccuracy } from "./confusion_matrix.ts";
export { answers } from "./confusion_scores.ts";
export { type Confusion, confusionMatrix, truthCount } from "./confusion_matrix.ts";
export { confusion } from "./confusion_scores.ts";
export { kappa } from "./confusion_matrix.ts";
export { logLoss } from "./probability_scores.ts";
export { scoreOfConfusion, type ScoreOptions, scoresOfConfusion, scoreStatistic } from "./score_statistic.ts";
