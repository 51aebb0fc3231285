import { judgedItems, type Replicate, subjectIndex } from "./judged_items.ts";
import { itemKey } from "./across_folds.ts";
import { differenceInterval, fewestSubjects } from "./score_interval.ts";
import { type ScoreSpread, type ScoreSpreads, scoreSpreads } from "./score_spread.ts";
import { lowerIsBetter, type Prediction, type ScoreOptions } from "../scores/mod.ts";

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

/** What differences of scores are told of: two runs, each a replicate (seed) an entry. */
export type ComparedRuns = readonly (readonly Replicate[])[];

/** Every score of two runs and its paired interval: the same subjects are left out of both. */
export function scoreDifferences(
  runs: ComparedRuns,
  options: ScoreOptions & { subjects: Map<string, number> },
): ScoreDifference[] {
  return differencesOf(spreadsOf(runs, options), () => options.subjects.size < fewestSubjects);
}

/**
 * The same of the mean over the sources: each has the same say, and the subjects within each vary. A score that a source doesn't
 * have is the mean over the others. Empty where all is of one source.
 */
export function sourceMeanDifferences(runs: ComparedRuns, options: ScoreOptions): ScoreDifference[] {
  const { sources, sourceOf } = sourcesOf(runs);
  const each = sources.flatMap((source) => {
    const part = (all: readonly Prediction[]) => all.filter((one) => sourceOf(one) === source);
    const own = runs.map((replicates) =>
      replicates.map(({ seed, predictions }) => ({ seed, predictions: part(predictions) }))
        .filter(({ predictions }) => predictions.length > 0)
    );
    if (own.some((replicates) => replicates.length === 0)) return [];
    const subjects = subjectIndex(own.flat().flatMap(({ predictions }) => predictions));
    return { ...spreadsOf(own, { ...options, subjects }), few: subjects.size < fewestSubjects };
  });
  if (each.length < 2) return [];
  const { names } = each[0];
  const having = names.map((_, i) => each.filter(({ differences }) => !Number.isNaN(differences[i].value)));
  const mean = (of: (spreads: ScoreSpreads) => readonly ScoreSpread[]) =>
    having.map((sources, i) => meanSpread(sources.map((spreads) => of(spreads)[i])));
  const sides = [0, 1].map((side) => mean((spreads) => spreads.sides[side]));
  const few = having.map((sources) => sources.some(({ few }) => few));
  return differencesOf({ names, sides, differences: mean(({ differences }) => differences) }, (i) => few[i]);
}

/**
 * Where each was recorded, as its own run says: a subject of two places is judged in both. Where the runs name other places, as the
 * one says that names more: what another program judged may name none.
 */
function sourcesOf(runs: ComparedRuns): { sources: string[]; sourceOf: (one: Prediction) => string | undefined } {
  const all = runs.map((replicates) => replicates.flatMap(({ predictions }) => predictions));
  const [first, second] = all.map((predictions) => new Set(predictions.map(({ source }) => source)));
  if (first.symmetricDifference(second).size === 0) return { sources: [...first], sourceOf: ({ source }) => source };
  const told = new Map(all[first.size < second.size ? 1 : 0].map((one) => [itemKey(one), one.source]));
  return { sources: [...new Set(told.values())], sourceOf: (one) => told.get(itemKey(one)) };
}

function spreadsOf(
  runs: ComparedRuns,
  { classes, asked, subjects }: ScoreOptions & { subjects: Map<string, number> },
): ScoreSpreads {
  const sides = runs.map((replicates) =>
    replicates.map(({ predictions }) => judgedItems(predictions, { classes, subjects }))
  );
  return scoreSpreads(sides, { classes, asked, clusters: subjects.size });
}

/** Of independent parts; degrees of freedom after Satterthwaite (1946). */
function meanSpread(parts: readonly ScoreSpread[]): ScoreSpread {
  const n = parts.length, sum = (of: (part: ScoreSpread) => number) => parts.reduce((all, part) => all + of(part), 0);
  const variance = sum((part) => part.variance);
  return {
    value: sum((part) => part.value) / n,
    variance: variance / n ** 2,
    doubt: sum((part) => part.doubt) / n,
    degrees: variance ** 2 / sum((part) => part.variance === 0 ? 0 : part.variance ** 2 / part.degrees),
    varies: parts.some((part) => part.varies),
  };
}

/** @param few Whether a score hangs on too few subjects, by its index. */
function differencesOf(
  { names, sides: [first, second], differences }: ScoreSpreads,
  few: (i: number) => boolean,
): ScoreDifference[] {
  return names.flatMap((score, i) => {
    const { value } = differences[i];
    if (Number.isNaN(value)) return [];
    const { low, high, p } = few(i) ? { low: null, high: null, p: null } : differenceInterval(differences[i]);
    const sign = lowerIsBetter(score) ? -1 : 1;
    const better = low === null || low * high <= 0 ? null : sign * low > 0 ? "first" : "second";
    return [{ score, first: first[i].value, second: second[i].value, difference: value, low, high, p, better }];
  });
}
