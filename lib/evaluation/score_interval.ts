import { proportionInterval, studentQuantile, studentTwoSided } from "../statistics/mod.ts";
import { findScore, type ScoreDefinition, scoreInfo } from "../scores/mod.ts";
import type { ScoreSpread } from "./score_spread.ts";

/** Fewest subjects that an interval is told from, of all or of a class that the score hangs on. */
export const fewestSubjects = 5;

/** Coverage of the intervals that are told. */
export const LEVEL = 0.95;

/** Half of the continuity correction (Newcombe 1998): what is counted moves in steps, over which coverage goes up and down. */
const countingStep = 0.25;

/** Both ends of an interval, or why there is none. */
export type IntervalEnds = { low: number; high: number; reason?: undefined } | ReturnType<typeof none>;

/**
 * Interval of a score over subjects: Wilson's (1927), with the number of independent answers that the variance over subjects
 * is worth (Korn & Graubard 1998) and Student's t in place of the normal quantile. It is the set of true scores that aren't
 * refuted, where the variance of a score is that of a share, θ(1 - θ)/n; for the ROC AUC this is the modified Wald interval
 * (Kottas et al. 2014) as a score interval. κ and MCC are shares of the way from -1 to 1; losses and costs, which have no
 * upper end, vary as counts do, θ/n; of what is neither, it reaches as far as Student's t says. `deno task bench --only coverage` measures how often it covers the truth.
 */
export function scoreInterval(
  score: string,
  spread: ScoreSpread,
  { level = LEVEL }: { level?: number } = {},
): IntervalEnds {
  const { value, variance, doubt, degrees, varies } = spread;
  const { smooth } = findScore(score).definition, interval = intervalOf(score);
  if (typeof interval === "object") return none(interval.none);
  const [from, to] = scoreInfo(score).range, width = to - from;
  if (!varies && (!(doubt > 0) || (value !== from && value !== to))) return none("no subject changes the value");
  if (tooFew(spread)) return none("too few subjects of a class for an interval");
  const quantile = studentQuantile(level, degrees);
  if (interval === "resamples") {
    const half = quantile * Math.sqrt(variance);
    return { low: Math.max(from, value - half), high: Math.min(to, value + half) };
  }
  if (interval === "count") {
    const count = (value + doubt) / variance;
    const centre = value + quantile ** 2 / (2 * count), half = Math.sqrt(centre ** 2 - value ** 2);
    return { low: centre - half, high: centre + half };
  }
  const share = (value - from) / width;
  const count = width ** 2 * (share * (1 - share) + doubt / width) / variance;
  const step = smooth ? 0 : countingStep;
  const { low } = proportionInterval(Math.max(0, share * count - step), count, { quantile });
  const { high } = proportionInterval(Math.min(count, share * count + step), count, { quantile });
  return { low: from + width * low, high: from + width * high };
}

/** How the interval of a score is made. */
export function intervalOf(score: string): NonNullable<ScoreDefinition["interval"]> {
  const { interval } = findScore(score).definition;
  return interval ?? (scoreInfo(score).range.every(Number.isFinite) ? "share" : "resamples");
}

/** Interval of a difference: as far to both sides as Student's t says. */
export function differenceInterval(
  spread: ScoreSpread,
  { level = LEVEL }: { level?: number } = {},
): IntervalEnds & { p: number | null } {
  const { value, variance, degrees, varies } = spread;
  if (!varies) return { ...none("no subject changes the value"), p: null };
  if (tooFew(spread)) return { ...none("too few subjects of a class for an interval"), p: null };
  const error = Math.sqrt(variance), half = studentQuantile(level, degrees) * error;
  return { low: value - half, high: value + half, p: studentTwoSided(value / error, degrees) };
}

/** Interval of a mean of independent scores from theirs (Zou & Donner 2008): the ends' distances add up as squares do. */
export function meanInterval(
  scores: readonly { value: number; low: number; high: number }[],
): { low: number; high: number } {
  const n = scores.length, mean = scores.reduce((sum, { value }) => sum + value, 0) / n;
  const far = (end: "low" | "high") => Math.hypot(...scores.map((score) => score.value - score[end])) / n;
  return { low: mean - far("low"), high: mean + far("high") };
}

function tooFew({ variance, degrees }: ScoreSpread): boolean {
  return !Number.isFinite(variance) || degrees < fewestSubjects - 1 - 1e-9;
}

export function none(reason: string): { low: null; high: null; reason: string } {
  return { low: null, high: null, reason };
}
