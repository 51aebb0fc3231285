import { randomStream } from "../random/mod.ts";
import { bootstrapFrom, clusterBootstrap } from "./cluster_bootstrap.ts";
import { lowerIsBetter } from "./constant_floors.ts";
import { judgedItems, type Replicate } from "./judged_items.ts";
import { scoreStatistic } from "./score_statistic.ts";

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

/** Fewest subjects that a difference is told from. */
export const fewestSubjects = 5;

/** Every score of two runs and its paired interval: each resample draws the same subjects for both. */
export function scoreDifferences(
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
