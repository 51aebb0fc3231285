import type { z } from "zod";
import { flag, integer, maybeText, number, numberOrNull, schemaOf, type Shaped, text } from "../../files/json_shape.ts";
import { unit } from "../../scores/score.ts";

/** What a model reached on recordings that it hadn't heard: the score that its experiment is read by. */
const shape = {
  /** Name of the score, as in `metrics.json`. */
  score: text,
  /** What readers call it, where it isn't built in. */
  title: maybeText,
  part: text,
  /** What it is a mean over, where it is one: `"mean over the sources"`. */
  over: maybeText,
  value: number,
  /** Ends of the interval; `null` where there were too few subjects for one. */
  low: numberOrNull,
  high: numberOrNull,
  level: number,
  /** Units that were judged. */
  n: integer,
  unit: unit,
  /** The best score that needs no such model, and what reaches it (`majority`, `shortcut`, `linear`, …). */
  floor: number,
  by: text,
  /** Whether a lower score is better. */
  lower: flag,
};
export type BundleWorth = Shaped<typeof shape>;
export const bundleWorth: z.ZodType<BundleWorth> = schemaOf(shape);
