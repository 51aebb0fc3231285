import { randomStream } from "../random/mod.ts";
import { clusterBootstrap } from "./cluster_bootstrap.ts";
import { lowerIsBetter } from "./constant_floors.ts";
import { judgedItems, type Replicate, splitReplicates, subjectIndex, subjectOf } from "./judged_items.ts";
import { missingReason } from "./missing_reason.ts";
import { fitsItems } from "./score_replicates.ts";
import type { Prediction } from "./prediction.ts";
import type { GroupMetrics, Score } from "./score.ts";
import { scoreStatistic } from "./score_statistic.ts";

/** Options of {@linkcode groupScores}. */
export interface GroupScoresOptions {
  classes: readonly string[];
  /** Official scores wanted; those that don't count by item are left out where recordings or subjects hold several. */
  scores?: readonly string[];
  /** By attribute (`"sex"`), the group of each recording (`"female"`). */
  groups: Readonly<Record<string, ReadonlyMap<string, string>>>;
  /** Draws the resamples. */
  seed: number;
  /** @default {2000} */
  resamples?: number;
}

/** General scores that are told of a group. */
const GENERAL = ["balancedAccuracy", "sensitivity", "specificity", "rocAuc", "accuracy"];

/** Fewest subjects, in a group and beside it, that an interval is told for. */
const FEWEST = 5;

const LEVEL = 0.95;

/**
 * Scores of each group of patients and their differences from all others: the same resamples of subjects for both sides,
 * so that a subject who stands on both counts on both. An attribute with one group says nothing and is left out.
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
  const { classes, scores = [], attribute, group, groupOf, seed, resamples = 2000 } = options;
  const official = scores.filter((name) => fitsItems(name, replicates[0]));
  const subjects = subjectIndex(replicates.flatMap(({ predictions }) => predictions));
  const side = (inside: boolean) =>
    replicates.map(({ predictions }) => predictions.filter((one) => (groupOf.get(one.recording) === group) === inside));
  const own = side(true), others = side(false);
  const [mean, rest] = [own, others].map((of) =>
    meanStatistic(
      of.map((predictions) => scoreStatistic(judgedItems(predictions, { classes, subjects }), { classes, official })),
    )
  );
  const { names } = mean;
  const count = Math.min(...[own, others].map(([first]) => new Set(first.map(subjectOf)).size));
  const bootstrap = clusterBootstrap((weights) => {
    const a = mean.statistic(weights), b = rest.statistic(weights);
    return [...a, ...a.map((value, i) => value - b[i])];
  }, {
    clusters: subjects.size,
    stream: randomStream(seed, `bootstrap/group/${attribute}/${group}`),
    resamples: count < FEWEST ? 0 : resamples,
    level: LEVEL,
  });
  const told = names.flatMap((name, i) => GENERAL.includes(name) || official.includes(name) ? [{ name, i }] : []);
  const items = own.map((predictions) => judgedItems(predictions, { classes, subjects }));
  const few = `${count} subjects on one side are too few for an interval`;
  const interval = (i: number) => {
    const { low, high, undefinedReplicates } = bootstrap.interval(i);
    const sound = count >= FEWEST && undefinedReplicates <= resamples / 2 && low < high;
    return sound ? { low, high } : { low: null, high: null };
  };
  const result: GroupMetrics = {
    attribute,
    group,
    subjects: new Set(own[0].map(subjectOf)).size,
    scores: {},
    differences: {},
  };
  for (const { name, i } of told) {
    const value = bootstrap.point[i];
    const score: Score = {
      value: Number.isNaN(value) ? null : value,
      ...interval(i),
      level: LEVEL,
      n: own[0].length,
      unit: "item",
      floor: null,
      floors: {},
    };
    if (Number.isNaN(value)) score.reason = missingReason(name, items, classes);
    else if (score.low === null) score.reason = count < FEWEST ? few : "too few subjects of a class for an interval";
    result.scores[name] = score;
    const difference = bootstrap.point[names.length + i];
    if (Number.isNaN(difference)) continue;
    const ends = interval(names.length + i);
    const sign = lowerIsBetter(name) ? -1 : 1;
    const worst = ends.low === null || ends.high === null ? 0 : Math.max(sign * ends.low, sign * ends.high);
    result.differences[name] = { value: difference, ...ends, worse: worst < 0 };
  }
  return result;
}

/** The mean over the replicates of each score. */
function meanStatistic(all: readonly ReturnType<typeof scoreStatistic>[]) {
  return {
    names: all[0].names,
    statistic(weights: Float64Array): number[] {
      const each = all.map(({ statistic }) => statistic(weights));
      return Array.from(each[0], (_, i) => each.reduce((sum, values) => sum + values[i], 0) / all.length);
    },
  };
}
