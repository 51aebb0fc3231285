import type { RandomStream } from "../random/mod.ts";
import { type AskedScore, findScore, type JudgedItems, scoreKey } from "../scores/mod.ts";
import { differenceInterval, scoreInterval } from "./score_interval.ts";
import { scoreSpreads } from "./score_spread.ts";

export interface SimulateOptions {
  classes: readonly string[];
  score: AskedScore;
  /** Of each study. */
  subjects: number;
  studies: number;
  stream: RandomStream;
}

/** What an imagined study found. */
export interface SimulatedStudy {
  /** Of the 95 % interval of the first side's score; `null` where there is none. */
  width: number | null;
  /** Of the difference of two sides; `null` where there is one side or no interval. */
  p: number | null;
}

/** Answers, one entry a seed, all of the same subjects; or what makes another model's of a study's. */
export type SecondSide = readonly JudgedItems[] | ((study: JudgedItems) => JudgedItems);

/**
 * Studies that could have been: as many subjects as wanted are drawn from those of a run with replacement, each with all its
 * items (Davison & Hinkley 1997, section 3.8), counts as another person however often it is drawn, and the interval is made as
 * a run's is.
 */
export function simulateStudies(
  first: readonly JudgedItems[],
  options: SimulateOptions,
  second?: SecondSide,
): SimulatedStudy[] {
  const { classes, score, subjects, studies, stream } = options;
  const key = scoreKey(score), { doubt } = findScore(score).definition;
  const wanted = new Set([key, key.split("/")[0], ...doubt && "as" in doubt ? [doubt.as] : []]);
  const only = (name: string) => wanted.has(name);
  const known = 1 + first[0].clusters.reduce((most, cluster) => Math.max(most, cluster), 0);
  const sides = [first, ...typeof second === "object" ? [second] : []].map((side) =>
    side.map((items) => ({ items, of: Map.groupBy(items.clusters.keys(), (i) => items.clusters[i]) }))
  );
  return Array.from({ length: studies }, () => {
    const drawn = Array.from({ length: subjects }, () => stream.integer(known));
    const study = sides.map((side) => side.map(({ items, of }) => drawnItems(items, of, drawn)));
    if (typeof second === "function") study.push(study[0].map(second));
    const spreads = scoreSpreads(study, { classes, asked: [score], clusters: subjects, only });
    const at = spreads.names.indexOf(key);
    const { low, high } = scoreInterval(key, spreads.sides[0][at]);
    const p = spreads.differences.length === 0 ? null : differenceInterval(spreads.differences[at]).p;
    return { width: low === null ? null : high - low, p };
  });
}

function drawnItems(
  { labels, predicted, probabilities }: JudgedItems,
  of: ReadonlyMap<number, readonly number[]>,
  drawn: readonly number[],
): JudgedItems {
  const items = drawn.flatMap((subject, k) => (of.get(subject) ?? []).map((i) => [i, k] as const));
  const size = probabilities.length / labels.length, flat = new Float64Array(items.length * size);
  items.forEach(([i], at) => flat.set(probabilities.subarray(i * size, (i + 1) * size), at * size));
  return {
    labels: Int32Array.from(items, ([i]) => labels[i]),
    predicted: Int32Array.from(items, ([i]) => predicted[i]),
    probabilities: flat,
    clusters: Int32Array.from(items, ([, k]) => k),
  };
}

/**
 * The answers of a model that is right less often by `difference` in every class, and disagrees on `discordance` of its items
 * (McNemar's two kinds of disagreement together). Which items these are is drawn, each by itself.
 *
 * @param right Share of each class that the first model has right.
 */
export function worseAnswers(
  items: JudgedItems,
  { right, difference, discordance, stream }: {
    right: readonly number[];
    difference: number;
    /** @default {the first model's errors: both share half of theirs} */
    discordance?: number;
    stream: RandomStream;
  },
): JudgedItems {
  const chances = right.map((share) => {
    const apart = Math.max(difference, discordance ?? 1 - share);
    return { breaks: (apart + difference) / 2 / share, mends: (apart - difference) / 2 / (1 - share) };
  });
  const predicted = items.predicted.map((said, i) => {
    const label = items.labels[i], { breaks, mends } = chances[label];
    if (said !== label) return stream.uniform() < mends ? label : said;
    return stream.uniform() < breaks ? (label + 1) % right.length : said;
  });
  return { ...items, predicted };
}

/**
 * The probabilities of a model whose ROC AUC, of each class against the others, is lower by `difference` on average. In the share
 * `difference / (auc - 1/2)` of the items they are those of any item, which costs that share of the way to 1/2; in `discordance`
 * of the others they are those of another item of the same class: errors of its own, at no cost.
 *
 * @param auc Of the first model.
 */
export function worseProbabilities(
  { labels, probabilities, ...items }: JudgedItems,
  { auc, difference, discordance, stream }: {
    auc: number;
    difference: number;
    discordance: number;
    stream: RandomStream;
  },
): JudgedItems {
  const size = probabilities.length / labels.length;
  const all = [...labels.keys()], alike = Map.groupBy(all, (i) => labels[i]);
  const worse = Float64Array.from(probabilities);
  for (const i of all) {
    const from = stream.uniform() < difference / (auc - 0.5)
      ? all
      : stream.uniform() < discordance
      ? alike.get(labels[i])!
      : [i];
    const other = from[stream.integer(from.length)];
    worse.set(probabilities.subarray(other * size, (other + 1) * size), i * size);
  }
  return { ...items, labels, probabilities: worse };
}
