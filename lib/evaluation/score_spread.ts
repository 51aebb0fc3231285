import { findScore, type JudgedItems, type ScoreOptions, scoreStatistic } from "../scores/mod.ts";
import type { Statistic } from "../statistics/mod.ts";

/** How far a score, or a difference of two, varies with the choice of subjects. */
export interface ScoreSpread {
  value: number;
  /** By the jackknife over subjects, imagined wrong answers included; NaN where the score needs a single subject. */
  variance: number;
  /** What the imagined wrong answers change: more where there are fewer answers. */
  doubt: number;
  /** Degrees of freedom of the variance: about the number of subjects, of a class where the score hangs on one. */
  degrees: number;
  /** Whether it matters to the score which subjects there are. */
  varies: boolean;
}

/** Spreads by side and score, and those of the differences of the first two sides. */
export interface ScoreSpreads {
  names: string[];
  sides: ScoreSpread[][];
  /** First less second; empty where there is one side. */
  differences: ScoreSpread[];
}

/** What {@linkcode scoreSpreads} is told of the answers. */
export interface SpreadOptions extends ScoreOptions {
  /** Number of subjects on all sides together. */
  clusters: number;
  /** The scores that are wanted alone, as for `scoreStatistic`; with each the one that its doubt is measured by. */
  only?: Parameters<typeof scoreStatistic>[2];
}

/** An answer that is imagined wrong, by the weight that brings it in. */
interface WrongAnswer {
  side: number;
  at: number;
  items: number; // items of its class a subject that has it: all of a subject's may be wrong together
  kind: string; // who has the class: `side:class`
}

/** Scores where something was changed: `[sides][scores]`. */
type Values = Float64Array[];

/** Wrong answers of each class that are imagined, of a score and of a difference. */
const imagined = { score: 2, difference: 0.5 };
const mostGroups = 1000; // most subjects that are left out one by one

/**
 * Variance of every score by leaving out each subject (delete-one jackknife over clusters; Efron & Stein 1981), with the
 * degrees of freedom of Satterthwaite (1946) over the subjects of each set of classes. Where nearly all is right, the
 * subjects at hand vary less than others would: some wrong answers are imagined (Agresti & Coull 1998), in the subjects of
 * which everything is wrong at once.
 *
 * @param sides Sets of answers: one, or two to be compared; each a replicate (seed) an entry, whose scores are averaged.
 */
export function scoreSpreads(sides: readonly (readonly JudgedItems[])[], options: SpreadOptions): ScoreSpreads {
  const { clusters, classes } = options;
  const weights = new Float64Array(clusters + sides.length * classes.length).fill(1, 0, clusters);
  const doubted = sides.map((items, side) =>
    doubtedStatistic(items, { ...options, side, first: clusters + side * classes.length })
  );
  const [{ names }] = doubted;
  const scores = (): Values => doubted.map(({ statistic }) => Float64Array.from(statistic(weights)));
  const changed = (at: readonly number[], weight: number) => {
    const before = at.map((k) => weights[k]);
    for (const k of at) weights[k] = weight;
    const values = scores();
    at.forEach((k, i) => weights[k] = before[i]);
    return values;
  };
  const point = scores();
  const { groups, strata, kinds } = subjectGroups(sides, clusters);
  const without = groups.map((subjects) => changed(subjects, 0));
  const wrong = doubted.flatMap((side) => side.wrong).map((answer) => ({ ...answer, values: changed([answer.at], 1) }));

  /** What an imagined wrong answer changes. */
  const change = (i: number, { side, values }: { side: number; values: Values }) => {
    const { definition: { doubt }, of } = findScore(names[i]);
    if (doubt && "each" in doubt) return doubt.each / sides[side][0].labels.length;
    const j = doubt ? names.indexOf([doubt.as, of].filter((part) => part !== undefined).join("/")) : i;
    return Math.abs(values[side][j] - point[side][j]);
  };
  const spread = (i: number, of: (values: Values) => number, those: { side?: number; times: number }) =>
    spreadOf(of(point), {
      without: Float64Array.from(without, of),
      strata,
      kinds,
      doubts: wrong.filter(({ side }) => side === (those.side ?? side))
        .map((answer) => ({ ...answer, change: change(i, answer), times: those.times })),
    });
  return {
    names,
    sides: sides.map((_, side) =>
      names.map((_, i) => spread(i, (values) => values[side][i], { side, times: imagined.score }))
    ),
    differences: sides.length < 2
      ? []
      : names.map((_, i) => spread(i, ([a, b]) => a[i] - b[i], { times: imagined.difference })),
  };
}

function spreadOf(
  value: number,
  { without, strata, kinds, doubts }: {
    without: Float64Array; // the score without each group
    strata: Uint32Array;
    kinds: readonly ReadonlySet<string>[];
    doubts: readonly { change: number; times: number; items: number; kind: string }[];
  },
): ScoreSpread {
  const n = without.length, mean = without.reduce((sum, value) => sum + value, 0) / n;
  const parts = kinds.map((kind) => ({ kind, variance: 0, groups: 0 }));
  without.forEach((value, k) => {
    parts[strata[k]].variance += (value - mean) ** 2 * (n - 1) / n;
    parts[strata[k]].groups++;
  });
  const varies = parts.some(({ variance }) => !(variance < 1e-24));
  for (const { change, times, items, kind } of doubts) {
    const having = parts.filter((part) => part.kind.has(kind) || part.kind.size === 0);
    const all = having.reduce((sum, { groups }) => sum + groups, 0);
    for (const part of having) part.variance += times * items * change ** 2 * part.groups / all;
  }
  const variance = parts.reduce((sum, part) => sum + part.variance, 0);
  const degrees = variance ** 2 /
    parts.reduce((sum, { variance, groups }) => sum + variance ** 2 / Math.max(1, groups - 1), 0);
  return {
    value,
    variance,
    doubt: doubts.reduce((sum, { times, change }) => sum + times * change, 0),
    degrees,
    varies,
  };
}

/** The mean statistic of the replicates, whose items are followed by a wrong answer of each class under weights of its own. */
function doubtedStatistic(
  replicates: readonly JudgedItems[],
  { classes, asked, only, side, first }: SpreadOptions & { side: number; first: number },
): { names: string[]; statistic: Statistic; wrong: WrongAnswer[] } {
  const size = classes.length, { labels, clusters } = replicates[0];
  const present = classes.flatMap((_, c) => labels.includes(c) ? [c] : []);
  const answers = present.map((c, k) => ({
    c,
    instead: present.length > 1 ? present[(k + 1) % present.length] : (c + 1) % size,
  }));
  const each = replicates.map((items) =>
    scoreStatistic(
      {
        labels: Int32Array.from([...items.labels, ...present]),
        predicted: Int32Array.from([...items.predicted, ...answers.map(({ instead }) => instead)]),
        probabilities: Float64Array.from([
          ...items.probabilities,
          // Not 0, whose logarithm has no end.
          ...answers.flatMap(({ c: own, instead }) =>
            classes.map((_, c) => c === instead ? 1 : c === own ? Number.EPSILON : 0)
          ),
        ]),
        clusters: Int32Array.from([...items.clusters, ...present.map((c) => first + c)]),
      },
      { classes, asked },
      only,
    )
  );
  return {
    names: each[0].names,
    statistic: meanOf(each.map(({ statistic }) => statistic)),
    wrong: present.map((c) => {
      const subjects = new Set(clusters.filter((_, i) => labels[i] === c)).size;
      const items = labels.filter((label) => label === c).length / subjects;
      return { side, at: first + c, items, kind: `${side}:${c}` };
    }),
  };
}

/** The mean of what several statistics say. */
export function meanOf(statistics: readonly Statistic[]): Statistic {
  if (statistics.length === 1) return statistics[0];
  return (weights) => {
    const each = statistics.map((statistic) => statistic(weights));
    return Float64Array.from(each[0], (_, i) => each.reduce((sum, values) => sum + values[i], 0) / each.length);
  };
}

/** Subjects to be left out together, and which are alike: those that have the same classes on the same sides. */
function subjectGroups(
  sides: readonly (readonly JudgedItems[])[],
  clusters: number,
): { groups: number[][]; strata: Uint32Array; kinds: ReadonlySet<string>[] } {
  if (clusters > mostGroups) {
    const groups = Array.from({ length: mostGroups }, (): number[] => []);
    for (let k = 0; k < clusters; k++) groups[k % mostGroups].push(k);
    return { groups, strata: new Uint32Array(mostGroups), kinds: [new Set()] };
  }
  const seen = Array.from({ length: clusters }, () => new Set<string>());
  sides.forEach(([{ labels, clusters }], side) =>
    labels.forEach((label, i) => seen[clusters[i]].add(`${side}:${label}`))
  );
  const names = seen.map((kind) => [...kind].sort().join());
  const kinds = new Map(names.map((name, k) => [name, seen[k]])), order = [...kinds.keys()];
  return {
    groups: names.map((_, k) => [k]),
    strata: Uint32Array.from(names, (name) => order.indexOf(name)),
    kinds: [...kinds.values()],
  };
}
