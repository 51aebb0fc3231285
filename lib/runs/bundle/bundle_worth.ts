import { z } from "zod";

/** What a model reached on recordings that it hadn't heard: the score that its experiment is read by. */
export const bundleWorth = z.strictObject({
  /** Name of the score, as in `metrics.json`. */
  score: z.string(),
  /** What readers call it, where it isn't built in. */
  title: z.string().optional(),
  part: z.string(),
  value: z.number(),
  /** Ends of the interval; `null` where there were too few subjects for one. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  level: z.number(),
  /** Units that were judged. */
  n: z.int(),
  unit: z.enum(["item", "recording", "subject"]),
  /** The best score that needs no such model, and what reaches it (`majority`, `shortcut`, `linear`, …). */
  floor: z.number(),
  by: z.string(),
  /** Whether a lower score is better. */
  lower: z.boolean(),
});
export type BundleWorth = z.infer<typeof bundleWorth>;
