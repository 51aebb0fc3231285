import { studentQuantile } from "../statistics/mod.ts";

/** How far a recording lies from the nearest training recording of another subject. */
export interface LeftOut {
  subject: string;
  distance: number;
}

/** Share of new subjects' recordings that shall lie within the limit. */
const WITHIN = 0.95;

/** From as many distances on their own quantile is trusted. */
const MANY = 100;

/** Fewer subjects don't say how much subjects differ. */
const FEWEST_SUBJECTS = 3;

/** Entries of a descriptor are held within 6 standard deviations of the mean: no distance is greater. */
const FURTHEST = 12;

/**
 * The distance that 95 of 100 recordings of new subjects stay below: the quantile of the distances, raised for their number
 * (split conformal, Vovk et al. 2005); where they are few, the upper prediction bound of a log-normal distribution with as
 * many degrees of freedom as subjects, less one (Hahn and Meeker 1991, section 4.3). Of less than three subjects nothing can
 * be told: no recording is beyond.
 *
 * @param least Distances below it are taken as it: a copy has none, and no logarithm.
 */
export function noveltyLimit(leftOut: readonly LeftOut[], { least }: { least: number }): number {
  const distances = leftOut.map(({ distance }) => Math.max(least, distance)).sort((a, b) => a - b);
  const n = distances.length;
  if (n >= MANY) return distances[Math.ceil(WITHIN * (n + 1)) - 1];
  const subjects = new Set(leftOut.map(({ subject }) => subject)).size;
  if (subjects < FEWEST_SUBJECTS) return FURTHEST;
  const logs = distances.map(Math.log);
  const mean = logs.reduce((sum, value) => sum + value / n, 0);
  const deviation = Math.sqrt(logs.reduce((sum, value) => sum + (value - mean) ** 2 / (n - 1), 0));
  const reach = studentQuantile(2 * WITHIN - 1, subjects - 1) * Math.sqrt(1 + 1 / subjects);
  return Math.min(FURTHEST, Math.exp(mean + reach * deviation));
}
