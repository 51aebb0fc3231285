import { judgedItems, type Replicate, splitReplicates, subjectIndex } from "./judged_items.ts";
import type { EvaluateOptions } from "./evaluate_predictions.ts";
import { missingReason, toldScore } from "./score_items.ts";
import { fitsItems } from "./score_replicates.ts";
import { type GroupMetrics, lowerIsBetter, type Prediction, scoreKey, usualScores } from "../scores/mod.ts";
import { differenceInterval, fewestSubjects, none, scoreInterval } from "./score_interval.ts";
import { scoreSpreads } from "./score_spread.ts";
import { subjectKey } from "../splits/fold.ts";

/** Scores that don't count by item are left out where recordings or subjects hold several. */
export interface GroupScoresOptions extends Pick<EvaluateOptions, "classes" | "scores"> {
  /** By attribute (`"sex"`), the group of each recording (`"female"`). */
  groups: Readonly<Record<string, ReadonlyMap<string, string>>>;
}

/**
 * Scores of each group of patients and their differences from all others: each subject is left out of both sides, so
 * that one who stands on both counts on both. An attribute with one group says nothing and is left out.
 */
export function groupScores(predictions: readonly Prediction[], options: GroupScoresOptions): GroupMetrics[] {
  const replicates = splitReplicates(predictions);
  return Object.entries(options.groups).flatMap(([attribute, groupOf]) => {
    const known = replicates.map(({ seed, predictions }) => ({
      seed,
      predictions: predictions.filter(({ recording }) => groupOf.has(recording)),
    }));
    const names = [...new Set(known[0].predictions.map(({ recording }) => groupOf.get(recording)!))].sort();
    if (names.length < 2) return [];
    return names.map((group) => oneGroup(known, { ...options, attribute, group, groupOf }));
  });
}

interface OneGroupOptions extends GroupScoresOptions {
  attribute: string;
  group: string;
  groupOf: ReadonlyMap<string, string>;
}

function oneGroup(replicates: readonly Replicate[], options: OneGroupOptions): GroupMetrics {
  const { classes, scores = [], attribute, group, groupOf } = options;
  const asked = scores.filter((name) => fitsItems(name, replicates[0]));
  const keys = asked.map(scoreKey);
  const subjects = subjectIndex(replicates.flatMap(({ predictions }) => predictions));
  const [own, others] = [true, false].map((inside) =>
    replicates.map(({ predictions }) => predictions.filter((one) => (groupOf.get(one.recording) === group) === inside))
  );
  const sides = [own, others].map((of) => of.map((predictions) => judgedItems(predictions, { classes, subjects })));
  const { names, sides: [spreads], differences } = scoreSpreads(sides, { classes, asked, clusters: subjects.size });
  const counts = [own, others].map(([first]) => new Set(first.map(subjectKey)).size);
  const count = Math.min(...counts);
  const few = count < fewestSubjects ? `${count} subjects on one side are too few for an interval` : undefined;
  const result: GroupMetrics = { attribute, group, subjects: counts[0], scores: {}, differences: {} };
  names.forEach((name, i) => {
    if (!usualScores.includes(name) && !keys.includes(name)) return;
    const { value } = spreads[i];
    const reason = Number.isNaN(value) ? missingReason(name, sides[0], classes) : few;
    const ends = reason === undefined ? scoreInterval(name, spreads[i]) : none(reason);
    result.scores[name] = toldScore(name, { value, ends, method: "wilson", n: own[0].length, unit: "item" });
    const difference = differences[i].value;
    if (Number.isNaN(difference)) return;
    const { low, high } = few === undefined ? differenceInterval(differences[i]) : none(few);
    const sign = lowerIsBetter(name) ? -1 : 1;
    const worse = low !== null && Math.max(sign * low, sign * high) < 0;
    result.differences[name] = { value: difference, low, high, worse };
  });
  return result;
}
