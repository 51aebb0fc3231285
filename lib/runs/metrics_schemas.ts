import { z } from "zod";
import { scoreInfo } from "../evaluation/score_table.ts";

/** Sums of shares may end a little beyond them. */
const ROUNDING = 1e-9;

const score = z.object({
  value: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  level: z.number(),
  n: z.int().min(0),
  unit: z.enum(["item", "recording", "subject"]),
  floor: z.number().nullable(),
  floors: z.record(z.string(), z.number()),
  reason: z.string().optional(),
  about: z.object({
    title: z.string(),
    meaning: z.string(),
    better: z.enum(["higher", "lower"]),
    range: z.tuple([z.number().nullable(), z.number().nullable()]),
    floor: z.boolean(),
  }).optional(),
});
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

/** `metrics.json`, as `Metrics` of `lib/evaluation` says. */
export const metricsFile = z.object({
  version: z.literal(1),
  classes: z.array(z.string()),
  parts: z.record(
    z.string(),
    z.object({
      pooled: z.object({ item: scores.optional(), recording: scores.optional(), subject: scores.optional() }),
      folds: z.array(z.object({ fold: z.number(), seed: z.number(), scores })),
      sources: z.array(z.object({ source: z.string(), scores })),
      sourceMean: scores,
      groups: z.array(z.object({
        attribute: z.string(),
        group: z.string(),
        subjects: z.number(),
        scores,
        differences: z.record(
          z.string(),
          z.object({
            value: z.number(),
            low: z.number().nullable(),
            high: z.number().nullable(),
            worse: z.boolean(),
          }),
        ),
      })).optional(),
      confusion: z.object({ classes: z.array(z.string()), counts: z.array(z.array(z.number())) }),
    }),
  ),
  leaks: z.array(z.string()).optional(),
  warnings: z.array(z.string()),
});
