import { judgedItems, type Replicate } from "./judged_items.ts";
import { differenceInterval, fewestSubjects } from "./score_interval.ts";
import { scoreSpreads } from "./score_spread.ts";
import { lowerIsBetter, type ScoreOptions } from "../scores/mod.ts";

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
  /** Two-sided, of Student's t; below 0.05 where the interval leaves out 0. `null` where there is no interval. */
  p: number | null;
  /** The run that is better where the interval leaves out 0. */
  better: "first" | "second" | null;
}

const level = 0.95;

/** Every score of two runs and its paired interval: the same subjects are left out of both. */
export function scoreDifferences(
  runs: readonly Replicate[][],
  options: ScoreOptions & { subjects: Map<string, number> },
): ScoreDifference[] {
  const { classes, asked, subjects } = options;
  const sides = runs.map((replicates) =>
    replicates.map(({ predictions }) => judgedItems(predictions, { classes, subjects }))
  );
  const { names, sides: [first, second], differences } = scoreSpreads(sides, {
    classes,
    asked,
    clusters: subjects.size,
  });
  return names.flatMap((score, i) => {
    const { value } = differences[i];
    if (Number.isNaN(value)) return [];
    const { low, high, p } = subjects.size < fewestSubjects
      ? { low: null, high: null, p: null }
      : differenceInterval(differences[i], { level });
    const sign = lowerIsBetter(score) ? -1 : 1;
    const better = low === null || low * high <= 0 ? null : sign * low > 0 ? "first" : "second";
    return [{ score, first: first[i].value, second: second[i].value, difference: value, low, high, p, better }];
  });
}
