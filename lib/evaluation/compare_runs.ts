import { InputError } from "../errors/mod.ts";
import { randomStream } from "../random/mod.ts";
import { bootstrapFrom, clusterBootstrap } from "./cluster_bootstrap.ts";
import { lowerIsBetter } from "./constant_floors.ts";
import { delong, type DelongTest } from "./delong.ts";
import { judgedItems, type Replicate, splitReplicates, subjectIndex } from "./judged_items.ts";
import { mcnemar, type McnemarTest } from "./mcnemar.ts";
import type { Prediction } from "./prediction.ts";
import { resampledT, type ResampledTTest } from "./resampled_t.ts";
import { scoreStatistic } from "./score_statistic.ts";

/** Options of {@linkcode compareRuns}. */
export interface CompareOptions {
  classes: readonly string[];
  /** Official scores to compare beside the general ones. */
  scores?: readonly string[];
  seed: number;
  /** @default {2000} */
  resamples?: number;
}

/** A score of two runs on the same items. */
export interface ScoreDifference {
  score: string;
  first: number;
  second: number;
  /** First minus second. */
  difference: number;
  /** 95 % interval of the difference over subjects; `null` where there are too few. */
  low: number | null;
  high: number | null;
  /** Two-sided, from the resamples on the other side of 0; `null` where there is no interval. */
  p: number | null;
  /** The run that is better where the interval leaves out 0. */
  better: "first" | "second" | null;
}

/** All that is known of the difference between two runs. */
export interface RunComparison {
  /** Items that both runs judged. */
  items: number;
  subjects: number;
  differences: ScoreDifference[];
  /** Of the first seed. It takes items as independent. */
  mcnemar: McnemarTest;
  /** Of the first seed, for two classes that both occur. It takes items as independent. */
  delong: DelongTest | null;
  /** By score, over folds and seeds that both runs have; empty where there are fewer than three. */
  acrossFolds: Record<string, ResampledTTest>;
  /** Sentences on what can't be told. */
  warnings: string[];
}

/** Fewest subjects and folds that a difference is told from. */
const fewestSubjects = 5;
const fewestFolds = 3;

/**
 * Compares two runs on the items that both judged: the same resamples of subjects for both, so that what makes a subject hard
 * for both cancels out. Seeds are averaged within each run.
 *
 * @throws {InputError} where the runs have no item in common.
 */
export function compareRuns(
  first: readonly Prediction[],
  second: readonly Prediction[],
  options: CompareOptions,
): RunComparison {
  const { classes, scores = [], seed, resamples = 2000 } = options;
  const common = new Set(first.map(itemKey)).intersection(new Set(second.map(itemKey)));
  if (common.size === 0) throw new InputError({ expected: "items that both runs judged", found: "none in common" });
  const kept = [first, second].map((run) => run.filter((one) => common.has(itemKey(one))));
  const subjects = subjectIndex(kept.flat());
  const runs = kept.map((run) => splitReplicates(run));
  const differences = scoreDifferences(runs, { classes, official: scores, subjects, seed, resamples });
  const [a, b] = runs.map(([replicate]) => inOrder(replicate.predictions));
  const pairs = pairUp(a, b);
  const right = (one: Prediction) => one.predicted === one.label;
  const positives = pairs.map(([one]) => classes.indexOf(one.label));
  return {
    items: common.size,
    subjects: subjects.size,
    differences,
    mcnemar: mcnemar(
      pairs.filter(([x, y]) => right(x) && !right(y)).length,
      pairs.filter(([x, y]) => !right(x) && right(y)).length,
    ),
    delong: classes.length === 2 && new Set(positives).size === 2
      ? delong(positives, pairs.map(([one]) => one.probabilities[1]), pairs.map(([, one]) => one.probabilities[1]))
      : null,
    acrossFolds: acrossFolds(kept, { classes, official: scores }),
    warnings: warningsOf({ first, second, common, subjects: subjects.size, pairs: pairs.length, kept }),
  };
}

function itemKey({ part, recording, start, end, label }: Prediction): string {
  return [part, recording, start, end, label].join("\n");
}

function inOrder(predictions: readonly Prediction[]): Map<string, Prediction> {
  return new Map(predictions.map((one) => [itemKey(one), one]));
}

function pairUp(a: Map<string, Prediction>, b: Map<string, Prediction>): [Prediction, Prediction][] {
  return [...a].flatMap(([key, one]) => b.has(key) ? [[one, b.get(key)!] as [Prediction, Prediction]] : []);
}

function scoreDifferences(
  runs: readonly Replicate[][],
  options: {
    classes: readonly string[];
    official: readonly string[];
    subjects: Map<string, number>;
    seed: number;
    resamples: number;
  },
): ScoreDifference[] {
  const { classes, official, subjects, seed, resamples } = options;
  const of = runs.map((replicates) =>
    replicates.map(({ predictions }) =>
      scoreStatistic(judgedItems(predictions, { classes, subjects }), { classes, official })
    )
  );
  const mean = (statistics: typeof of[number], weights: Float64Array) => {
    const all = statistics.map(({ statistic }) => statistic(weights));
    return Float64Array.from(all[0], (_, i) => all.reduce((sum, values) => sum + values[i], 0) / all.length);
  };
  const { names } = of[0][0];
  const statistic = (weights: Float64Array) => {
    const a = mean(of[0], weights), b = mean(of[1], weights);
    return [...a.map((value, i) => value - b[i]), ...a, ...b];
  };
  const clusters = subjects.size, level = 0.95;
  const stream = randomStream(seed, "bootstrap/comparison");
  const bootstrap = clusters < fewestSubjects
    ? bootstrapFrom(statistic, { clusters, draws: [], level })
    : clusterBootstrap(statistic, { clusters, stream, resamples, level });
  return names.flatMap((score, i) => {
    const [difference, a, b] = [0, 1, 2].map((k) => bootstrap.point[k * names.length + i]);
    if (Number.isNaN(difference)) return [];
    const { low, high } = bootstrap.interval(i);
    const told = Number.isFinite(low) && low < high;
    const sign = lowerIsBetter(score) ? -1 : 1;
    const better = !told || low * high <= 0 ? null : sign * low > 0 ? "first" : "second";
    return [{
      score,
      first: a,
      second: b,
      difference,
      low: told ? low : null,
      high: told ? high : null,
      p: told ? twoSided(bootstrap.replicates[i]) : null,
      better,
    }];
  });
}

/** Share of the resamples on the other side of 0, twice; one is added so that it is never 0 (Davison & Hinkley 1997, 4.2). */
function twoSided(replicates: Float64Array): number {
  const valid = replicates.filter((value) => !Number.isNaN(value));
  const below = valid.filter((value) => value <= 0).length, above = valid.filter((value) => value >= 0).length;
  return Math.min(1, 2 * (Math.min(below, above) + 1) / (valid.length + 1));
}

function acrossFolds(
  runs: readonly Prediction[][],
  { classes, official }: { classes: readonly string[]; official: readonly string[] },
): Record<string, ResampledTTest> {
  const byFold = runs.map((run) => Map.groupBy(run, ({ fold, seed }) => `${seed}/${fold}`));
  const both = [...byFold[0].keys()].filter((key) =>
    byFold[1].has(key) && sameItems(byFold[0].get(key)!, byFold[1].get(key)!)
  );
  if (both.length < fewestFolds) return {};
  const scored = both.map((key) =>
    byFold.map((folds) => {
      const predictions = folds.get(key)!;
      const subjects = subjectIndex(predictions);
      const { names, statistic } = scoreStatistic(judgedItems(predictions, { classes, subjects }), {
        classes,
        official,
      });
      return { names, values: statistic(new Float64Array(subjects.size).fill(1)) };
    })
  );
  const tested = runs[0].length / byFold[0].size, all = new Set(runs[0].map(itemKey)).size;
  const ratio = all > tested ? tested / (all - tested) : 0;
  return Object.fromEntries(scored[0][0].names.flatMap((name, i) => {
    const differences = scored.map(([a, b]) => a.values[i] - b.values[i]);
    return differences.some(Number.isNaN) || ratio === 0 ? [] : [[name, resampledT(differences, { ratio })]];
  }));
}

function sameItems(a: readonly Prediction[], b: readonly Prediction[]): boolean {
  const keys = new Set(a.map(itemKey));
  return a.length === b.length && b.every((one) => keys.has(itemKey(one)));
}

function warningsOf(
  { first, second, common, subjects, pairs, kept }: {
    first: readonly Prediction[];
    second: readonly Prediction[];
    common: Set<string>;
    subjects: number;
    pairs: number;
    kept: readonly Prediction[][];
  },
): string[] {
  const alone = [first, second].map((run) => new Set(run.map(itemKey).filter((key) => !common.has(key))).size);
  const folds = new Set(kept[0].map(({ fold, seed }) => `${seed}/${fold}`)).size;
  return [
    ...(alone[0] + alone[1] > 0
      ? [
        `${alone[0]} items of the first run and ${
          alone[1]
        } of the second are left out: the other run did not judge them.`,
      ]
      : []),
    ...(subjects < fewestSubjects ? [`${subjects} subjects are too few to tell a difference from chance.`] : []),
    ...(folds < fewestFolds
      ? [`${folds === 1 ? "One fold" : `${folds} folds`} can't tell how much the training varies.`]
      : []),
    ...(subjects < pairs
      ? [
        "McNemar's and DeLong's test take items as independent, but subjects have several: trust the intervals over subjects.",
      ]
      : []),
  ];
}
