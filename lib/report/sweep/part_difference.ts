import { type AskedScore, type Prediction, scoreKey } from "../../scores/mod.ts";
import {
  differenceInterval,
  judgedItems,
  type ScoreDifference,
  scoreSpreads,
  subjectIndex,
} from "../../evaluation/mod.ts";

/** A score of two parts of one run that share no subject, and how far they lie apart. */
export type PartDifference = Pick<ScoreDifference, "first" | "second" | "difference" | "low" | "high">;

/**
 * How much better one part is than the other, with an interval: the subjects of each part vary on their own, since they are
 * others.
 *
 * @returns `null` where a part lacks the score.
 */
export function partDifference(
  parts: readonly [readonly Prediction[], readonly Prediction[]],
  { score, classes }: { score: AskedScore; classes: readonly string[] },
): PartDifference | null {
  if (parts.some((predictions) => predictions.length === 0)) return null;
  let clusters = 0;
  const sides = parts.map((predictions) => {
    const subjects = subjectIndex(predictions);
    const items = judgedItems(predictions, { classes, subjects });
    items.clusters = items.clusters.map((cluster) => clusters + cluster);
    clusters += subjects.size;
    return [items];
  });
  const { names, sides: [first, second], differences } = scoreSpreads(sides, { classes, asked: [score], clusters });
  const at = names.indexOf(scoreKey(score));
  if (at < 0 || Number.isNaN(differences[at].value)) return null;
  const { low, high } = differenceInterval(differences[at], { level: 0.95 });
  return { first: first[at].value, second: second[at].value, difference: differences[at].value, low, high };
}
