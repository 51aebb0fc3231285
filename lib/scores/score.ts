import { z } from "zod";
import type { Shaped } from "../files/json_shape.ts";
import { flag, maybeText, number, numberOf, numberOrNull, one, schemaOf, text } from "../files/json_shape.ts";
import type { ManifestRow } from "../datasets/manifest.ts";
import { scoreInfo } from "./score_table.ts";

/** What is counted as one: a manifest row, a recording, or a subject. */
export type Unit = "item" | "recording" | "subject";
export const unit: z.ZodType<Unit> = z.enum(["item", "recording", "subject"]);

/**
 * How an interval over subjects was made: `wilson`, the score interval of as many independent answers as the variance is
 * worth; or the quantiles of resampled subjects, plain or corrected for bias and skewness (Efron 1987).
 */
export type IntervalMethod = "wilson" | "percentile" | "bca";
export const intervalMethod: z.ZodType<IntervalMethod> = z.enum(["wilson", "percentile", "bca"]);

const about = {
  title: text,
  meaning: text,
  better: z.enum(["higher", "lower"]) as z.ZodType<"higher" | "lower">,
  range: z.tuple([numberOrNull, numberOrNull]) as z.ZodTuple<[typeof numberOrNull, typeof numberOrNull]>,
  floor: flag,
};
const aboutOwn: z.ZodType<Shaped<typeof about>> = schemaOf(about);

const score = {
  /** `null` where the score does not exist (a class is missing, say); `reason` then says why. */
  value: numberOrNull,
  /** Lower end of the interval; `null` where there are too few subjects for one. */
  low: numberOrNull,
  high: numberOrNull,
  /** Coverage of the interval, 0.95. */
  level: number,
  /** Where there is an interval. */
  method: intervalMethod.optional() as z.ZodOptional<typeof intervalMethod>,
  /** Number of units that were judged. */
  n: z.int().min(0) as z.ZodNumber,
  unit,
  /**
   * The best score that needs no sound: the largest of `floors`, or the smallest where less is better; `null` for scores
   * that a single answer makes perfect (sensitivity, specificity, precision) and for calibration.
   */
  floor: numberOrNull,
  /** Floors by what reaches them: `majority`, `prior`, `all-positive`, `shortcut`, `linear`, `nearest`. */
  floors: numberOf,
  /** Of a score that isn't built in: what it is called and how it is read; an end of the range that is `null` is none. */
  about: aboutOwn.optional() as z.ZodOptional<typeof aboutOwn>,
  /** Why the value or the interval is missing, or which sources a mean leaves out. */
  reason: maybeText,
};
/** A number that never stands alone: with its interval, its count and its floor. */
export type Score = Shaped<typeof score>;

/** Sums of shares may end so far beyond them. */
export const ROUNDING = 1e-9;

/** Scores by name: `accuracy`, `balancedAccuracy`, `sprsound-1-1`, `recall/Wheeze`, … */
export type Scores = Record<string, Score>;
export const scores: z.ZodType<Scores> = z.record(text, schemaOf(score)).superRefine((scores, context) => {
  for (const [name, { value, floor, about }] of Object.entries(scores)) {
    const [from, to] = scoreInfo(name, { about }).range;
    for (const [key, number] of Object.entries({ value, floor })) {
      if (number === null || (number >= from - ROUNDING && number <= to + ROUNDING)) continue;
      const message = to === Infinity ? `${number} is below ${from}` : `${number} lies outside of ${from} to ${to}`;
      context.addIssue({ code: "custom", message, path: [name, key] });
    }
  }
});

/** A score of a group less that of all others. */
const groupDifference = {
  value: number,
  /** Lower end of its 95 % interval over subjects; `null` where there are too few. */
  low: numberOrNull,
  high: numberOrNull,
  /** Whether the whole interval lies on the worse side of 0. */
  worse: flag,
};
export type GroupDifference = Shaped<typeof groupDifference>;

/** A group of patients or recordings that share an attribute; item level. */
const groupMetrics = {
  /** `"age"`, `"sex"`, `"site"`, `"device"`. */
  attribute: text,
  /** `"1 to 5 years"`, `"female"`. */
  group: text,
  subjects: number,
  scores,
  /** From all others whose attribute is known, by score. */
  differences: z.record(text, schemaOf(groupDifference)) as z.ZodType<Record<string, GroupDifference>>,
};
export type GroupMetrics = Shaped<typeof groupMetrics>;

/** All that is known of one part (`test`, `validation`, `inter`, …). */
const maybeScores: z.ZodOptional<typeof scores> = scores.optional();
const partMetrics = {
  /** All folds and seeds together. */
  pooled: { item: maybeScores, recording: maybeScores, subject: maybeScores },
  folds: [{ fold: number, seed: number, scores }],
  /** By sub-database, device or site; item level. */
  sources: [{ source: text, scores }],
  /** Mean over the sources of each score, and its floor. */
  sourceMean: scores,
  /** By age band, sex, site and device where they are known; left out where they aren't. */
  groups: z.array(schemaOf(groupMetrics)).optional() as z.ZodOptional<z.ZodType<GroupMetrics[]>>,
  /** Item level, over the folds of the first seed: `counts[true][predicted]`. */
  confusion: { classes: [text], counts: [[number]] },
};
export type PartMetrics = Shaped<typeof partMetrics>;

/** `metrics.json`. */
const shape = {
  version: one,
  classes: [text],
  parts: z.record(text, schemaOf(partMetrics)) as z.ZodType<Record<string, PartMetrics>>,
  /** Sentences on what stands on two sides of a split and was kept there: to be shown in red. */
  leaks: z.array(text).optional() as z.ZodOptional<z.ZodArray<z.ZodString>>,
  /** Sentences to be shown in the report: a suspect score, a source that gives the label away. */
  warnings: [text],
};
export type Metrics = Shaped<typeof shape>;
export const metrics: z.ZodType<Metrics> = schemaOf(shape);

/** One row of `predictions.csv`: what a model said of one item (a manifest row) that it was judged on. */
export interface Prediction extends Omit<ManifestRow, "part" | "given" | "shares" | "attributes"> {
  fold: number;
  seed: number;
  /** `"validation"`, `"test"`, or the name of an official part. */
  part: string;
  /** In what a network says window by window: 0 begins an item. Left out where the whole item was judged. */
  window?: number;
  /** The class after the decision rule; `label` is the true one. */
  predicted: string;
  /** One a class, in the order of the classes; they sum to 1. */
  probabilities: number[];
}
