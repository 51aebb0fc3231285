import { z } from "zod";
import { scoreInfo } from "./score_table.ts";

/** What is counted as one: a manifest row, a recording, or a subject. */
export const unit = z.enum(["item", "recording", "subject"]);
export type Unit = z.infer<typeof unit>;

/**
 * How an interval over subjects was made: `wilson`, the score interval of as many independent answers as the variance is
 * worth; or the quantiles of resampled subjects, plain or corrected for bias and skewness (Efron 1987).
 */
export const intervalMethod = z.enum(["wilson", "percentile", "bca"]);
export type IntervalMethod = z.infer<typeof intervalMethod>;

const score = z.object({
  /** `null` where the score does not exist (a class is missing, say); `reason` then says why. */
  value: z.number().nullable(),
  /** Lower end of the interval; `null` where there are too few subjects for one. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Coverage of the interval, 0.95. */
  level: z.number(),
  /** Where there is an interval. */
  method: intervalMethod.optional(),
  /** Number of units that were judged. */
  n: z.int().min(0),
  unit,
  /**
   * The best score that needs no sound: the largest of `floors`, or the smallest where less is better; `null` for scores
   * that a single answer makes perfect (sensitivity, specificity, precision) and for calibration.
   */
  floor: z.number().nullable(),
  /** Floors by what reaches them: `majority`, `prior`, `all-positive`, `shortcut`, `linear`, `nearest`. */
  floors: z.record(z.string(), z.number()),
  /** Of a score that isn't built in: what it is called and how it is read; an end of the range that is `null` is none. */
  about: z.object({
    title: z.string(),
    meaning: z.string(),
    better: z.enum(["higher", "lower"]),
    range: z.tuple([z.number().nullable(), z.number().nullable()]),
    floor: z.boolean(),
  }).optional(),
  /** Why the value or the interval is missing, or which sources a mean leaves out. */
  reason: z.string().optional(),
});
/** A number that never stands alone: with its interval, its count and its floor. */
export type Score = z.infer<typeof score>;

/** Sums of shares may end a little beyond them. */
const ROUNDING = 1e-9;

const scores = z.record(z.string(), score).superRefine((scores, context) => {
  for (const [name, { value, floor, about }] of Object.entries(scores)) {
    const [from, to] = scoreInfo(name, { about }).range;
    for (const [key, number] of Object.entries({ value, floor })) {
      if (number === null || (number >= from - ROUNDING && number <= to + ROUNDING)) continue;
      const message = to === Infinity ? `${number} is below ${from}` : `${number} lies outside of ${from} to ${to}`;
      context.addIssue({ code: "custom", message, path: [name, key] });
    }
  }
});
/** Scores by name: `accuracy`, `balancedAccuracy`, `sprsound-1-1`, `recall/Wheeze`, … */
export type Scores = z.infer<typeof scores>;

/** A score of a group less that of all others. */
const groupDifference = z.object({
  value: z.number(),
  /** Lower end of its 95 % interval over subjects; `null` where there are too few. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Whether the whole interval lies on the worse side of 0. */
  worse: z.boolean(),
});
export type GroupDifference = z.infer<typeof groupDifference>;

/** A group of patients or recordings that share an attribute; item level. */
const groupMetrics = z.object({
  /** `"age"`, `"sex"`, `"site"`, `"device"`. */
  attribute: z.string(),
  /** `"1 to 5 years"`, `"female"`. */
  group: z.string(),
  subjects: z.number(),
  scores,
  /** From all others whose attribute is known, by score. */
  differences: z.record(z.string(), groupDifference),
});
export type GroupMetrics = z.infer<typeof groupMetrics>;

/** All that is known of one part (`test`, `validation`, `inter`, …). */
const partMetrics = z.object({
  /** All folds and seeds together. */
  pooled: z.object({ item: scores.optional(), recording: scores.optional(), subject: scores.optional() }),
  folds: z.array(z.object({ fold: z.number(), seed: z.number(), scores })),
  /** By sub-database, device or site; item level. */
  sources: z.array(z.object({ source: z.string(), scores })),
  /** Mean over the sources of each score, and its floor. */
  sourceMean: scores,
  /** By age band, sex, site and device where they are known; left out where they aren't. */
  groups: z.array(groupMetrics).optional(),
  /** Item level, over the folds of the first seed: `counts[true][predicted]`. */
  confusion: z.object({ classes: z.array(z.string()), counts: z.array(z.array(z.number())) }),
});
export type PartMetrics = z.infer<typeof partMetrics>;

/** `metrics.json`. */
export const metrics = z.object({
  version: z.literal(1),
  classes: z.array(z.string()),
  parts: z.record(z.string(), partMetrics),
  /** Sentences on what stands on two sides of a split and was kept there: to be shown in red. */
  leaks: z.array(z.string()).optional(),
  /** Sentences to be shown in the report: a suspect score, a source that gives the label away. */
  warnings: z.array(z.string()),
});
export type Metrics = z.infer<typeof metrics>;
