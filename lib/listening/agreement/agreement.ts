import { clusterBootstrap } from "../../statistics/mod.ts";
import { confusionMatrix, kappa } from "../../scores/mod.ts";
import { randomStream } from "../../random/mod.ts";
import type { Verdict } from "../verdicts.ts";
import { classCounts, fleissKappa, krippendorffAlpha, type Ratings, ratingsOf, ratingsOfClass } from "./ratings.ts";

/** A figure with its interval over subjects; NaN where it doesn't exist. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

export interface Agreement {
  raters: string[];
  /** Items that two listeners or more gave a class. */
  items: number;
  /** Cohen's kappa of each two listeners, on the items that both gave a class. */
  pairs: { raters: [string, string]; items: number; kappa: Estimate }[];
  /** Of all listeners, on the items that most gave a class. */
  fleiss: Estimate;
  /** Krippendorff's alpha, on all items. */
  alpha: Estimate;
  /** The same of each class against all others. */
  byClass: { label: string; fleiss: Estimate; alpha: Estimate }[];
  /** Items on which listeners differ. */
  differences: { item: string; verdicts: { rater: string; verdict: string }[] }[];
}

export interface AgreementOptions {
  classes: readonly string[];
  /** Whose an item is; those of one subject are drawn together. @default {each by itself} */
  subjectOf?: (item: string) => string;
  seed: number;
  resamples?: number;
}

/** Agreement of listeners by their last verdicts, with percentile intervals of a bootstrap over subjects. */
export function agreement(verdicts: readonly Verdict[], options: AgreementOptions): Agreement {
  const { classes, subjectOf = (item) => item, seed, resamples } = options;
  const ratings = ratingsOf(verdicts, classes), { raters, items } = ratings;
  const couples = raters.flatMap((_, a) => raters.slice(a + 1).map((_, b): [number, number] => [a, a + 1 + b]));
  const counted = [ratings, ...classes.map((_, c) => ratingsOfClass(ratings, c))].map(classCounts);
  const subjects = [...new Set(items.map(subjectOf))];
  const cluster = new Map(subjects.map((subject, k) => [subject, k]));
  const clusters = items.map((item) => cluster.get(subjectOf(item))!);
  const statistic = (bySubject: Float64Array) => {
    const weights = clusters.map((k) => bySubject[k]);
    return [
      ...counted.flatMap((counts) => [fleissKappa(counts, weights), krippendorffAlpha(counts, weights)]),
      ...couples.map((couple) => cohenKappa(ratings, couple, weights)),
    ];
  };
  const stream = randomStream(seed, "agreement");
  const { point, interval } = clusterBootstrap(statistic, { clusters: subjects.length, stream, resamples });
  const estimate = (i: number): Estimate => {
    const { low, high } = interval(i);
    return { value: point[i], low, high };
  };
  const said = items.map((item, i) => ({
    item,
    verdicts: raters.flatMap((rater, r) => {
      const value = ratings.values[i * raters.length + r];
      return value < 0 ? [] : [{ rater, verdict: classes[value] }];
    }),
  }));
  return {
    raters: [...raters],
    items: said.filter(({ verdicts }) => verdicts.length > 1).length,
    fleiss: estimate(0),
    alpha: estimate(1),
    byClass: classes.map((label, c) => ({ label, fleiss: estimate(2 + 2 * c), alpha: estimate(3 + 2 * c) })),
    pairs: couples.map(([a, b], k) => ({
      raters: [raters[a], raters[b]],
      items: bothJudged(ratings, [a, b]).length,
      kappa: estimate(2 + 2 * classes.length + k),
    })),
    differences: said.filter(({ verdicts }) => new Set(verdicts.map(({ verdict }) => verdict)).size > 1),
  };
}

/** Agreement of two listeners above chance (Cohen 1960), on the items that both gave a class. */
export function cohenKappa(ratings: Ratings, [a, b]: readonly [number, number], weights?: ArrayLike<number>): number {
  const { raters, size, values } = ratings, both = bothJudged(ratings, [a, b]);
  const of = (rater: number) => both.map((i) => values[i * raters.length + rater]);
  return kappa(confusionMatrix(of(a), of(b), { size, weights: both.map((i) => weights?.[i] ?? 1) }));
}

function bothJudged({ items, raters, values }: Ratings, couple: readonly [number, number]): number[] {
  return [...items.keys()].filter((i) => couple.every((rater) => values[i * raters.length + rater] >= 0));
}
