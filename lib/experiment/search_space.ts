import { z } from "zod";

const when = z.record(z.string(), z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))).optional()
  .describe("Other keys of the space and the values under which this one is asked for.");

/** One dimension of a search, plain JSON; its meaning is Optuna's distribution of the same name. */
export const dimension = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("float"),
    low: z.number(),
    high: z.number(),
    log: z.boolean().default(false),
    step: z.number().positive().nullable().default(null),
    when,
  }).refine(({ low, high }) => low <= high, "a range whose low end is not above its high end")
    .refine(({ low, log }) => !log || low > 0, "a logarithmic range above 0")
    .refine(({ log, step }) => !(log && step !== null), "either log or step, not both"),
  z.strictObject({
    kind: z.literal("int"),
    low: z.int(),
    high: z.int(),
    log: z.boolean().default(false),
    step: z.int().positive().default(1),
    when,
  }).refine(({ low, high }) => low <= high, "a range whose low end is not above its high end")
    .refine(({ low, log }) => !log || low > 0, "a logarithmic range above 0")
    .refine(({ log, step }) => !(log && step !== 1), "either log or step, not both"),
  z.strictObject({
    kind: z.literal("categorical"),
    choices: z.array(z.union([z.string(), z.number(), z.boolean(), z.null()])).min(1),
    when,
  }),
]);
export type Dimension = z.output<typeof dimension>;

/** The dimensions of a search by the key of the experiment that each one sets. */
export const searchSpace = z.record(z.string(), dimension);
export type SearchSpace = z.output<typeof searchSpace>;

/** What a dimension depends on: `{ when: { "model.kind": ["cnn"] } }`. */
export interface Condition {
  when?: Record<string, (string | number | boolean | null)[]>;
}

/** Real numbers from `low` to `high`, both included; `log` draws their logarithm, `step` a multiple of it above `low`. */
export function float(
  low: number,
  high: number,
  options: { log?: boolean; step?: number } & Condition = {},
): Dimension {
  const { log = false, step = null, when } = options;
  return { kind: "float", low, high, log, step, ...(when ? { when } : {}) };
}

/** Whole numbers from `low` to `high`, both included. */
export function int(low: number, high: number, options: { log?: boolean; step?: number } & Condition = {}): Dimension {
  const { log = false, step = 1, when } = options;
  return { kind: "int", low, high, log, step, ...(when ? { when } : {}) };
}

/** One of the values. */
export function oneOf(...choices: (string | number | boolean | null)[]): Dimension {
  return { kind: "categorical", choices };
}
