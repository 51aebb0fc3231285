import {
  bootstrapFrom,
  judgedItems,
  officialScores,
  type Prediction,
  scoreStatistic,
  subjectIndex,
} from "../../evaluation/mod.ts";
import { randomStream } from "../../random/mod.ts";

/** A score of two parts of one run that share no subject, and how far they lie apart. */
export interface PartDifference {
  first: number;
  second: number;
  /** First less second. */
  difference: number;
  /** Ends of the 95 % interval of the difference over subjects. */
  low: number;
  high: number;
}

const RESAMPLES = 2000;

/**
 * How much better one part is than the other, with an interval: the subjects of each part are drawn anew on their own, since
 * they are others (Davison and Hinkley 1997, section 3.2).
 *
 * @returns `null` where a part lacks the score.
 */
export function partDifference(
  parts: readonly [readonly Prediction[], readonly Prediction[]],
  { score, classes, seed }: { score: string; classes: readonly string[]; seed: number },
): PartDifference | null {
  if (parts.some((predictions) => predictions.length === 0)) return null;
  const official = officialOf(score);
  const sides = parts.map((predictions) => {
    const subjects = subjectIndex(predictions);
    const { names, statistic } = scoreStatistic(judgedItems(predictions, { classes, subjects }), { classes, official });
    return { count: subjects.size, at: names.indexOf(score), statistic };
  });
  if (sides.some(({ at }) => at < 0)) return null;
  const [a, b] = sides;
  const bootstrap = bootstrapFrom((weights) => {
    const first = a.statistic(weights.subarray(0, a.count))[a.at];
    const second = b.statistic(weights.subarray(a.count))[b.at];
    return [first - second, first, second];
  }, { clusters: a.count + b.count, draws: draws([a.count, b.count], seed), level: 0.95 });
  const [difference, first, second] = bootstrap.point;
  if (Number.isNaN(difference)) return null;
  const { low, high } = bootstrap.interval(0);
  return { first, second, difference, low, high };
}

/** The official score that a score is, or is a part of: `"icbhi/Wheeze"` belongs to `"icbhi"`. */
export function officialOf(score: string): string[] {
  return Object.keys(officialScores).filter((name) => score === name || score.startsWith(`${name}/`));
}

/** As many subjects of each part as it has, with replacement. */
function* draws(counts: readonly [number, number], seed: number): Generator<Float64Array> {
  const stream = randomStream(seed, "bootstrap/parts");
  const weights = new Float64Array(counts[0] + counts[1]);
  for (let b = 0; b < RESAMPLES; b++) {
    weights.fill(0);
    for (let draw = 0; draw < counts[0]; draw++) weights[stream.integer(counts[0])]++;
    for (let draw = 0; draw < counts[1]; draw++) weights[counts[0] + stream.integer(counts[1])]++;
    yield weights;
  }
}
