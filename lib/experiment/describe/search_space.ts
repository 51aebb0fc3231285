import { z } from "zod";

type Choice = string | number | boolean | null;
const choice: z.ZodType<Choice, Choice> = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** What a dimension depends on: `{ when: { "model.kind": ["cnn"] } }`. */
export interface Condition {
  when?: Record<string, Choice[]>;
}

/** One dimension of a search, plain JSON; its meaning is Optuna's distribution of the same name. */
export type Dimension =
  | { kind: "float"; low: number; high: number; log: boolean; step: number | null } & Condition
  | { kind: "int"; low: number; high: number; log: boolean; step: number } & Condition
  | { kind: "categorical"; choices: Choice[] } & Condition;

const conditions = z.record(z.string(), z.array(choice)).optional()
  .describe("Other keys of the space and the values under which this one is asked for.");
const log = z.boolean().default(false);

/** A range that numbers lie in; `free` is the step of one that has none. */
function ranged<T extends z.ZodType<{ low: number; high: number; log: boolean; step: number | null }>>(
  schema: T,
  free: number | null,
): T {
  return schema.refine(({ low, high }) => low <= high, "a range whose low end is not above its high end")
    .refine(({ low, log }) => !log || low > 0, "a logarithmic range above 0")
    .refine(({ log, step }) => !log || step === free, "either log or step, not both");
}

type Written<D> = D extends { log: boolean; step: unknown } ? Omit<D, "log" | "step"> & Partial<D> : D;
const dimension: z.ZodType<Dimension, Written<Dimension>> = z.discriminatedUnion("kind", [
  ranged(
    z.strictObject({
      ...{ kind: z.literal("float"), low: z.number(), high: z.number(), log },
      ...{ step: z.number().positive().nullable().default(null), when: conditions },
    }),
    null,
  ),
  ranged(
    z.strictObject({
      ...{ kind: z.literal("int"), low: z.int(), high: z.int(), log },
      ...{ step: z.int().positive().default(1), when: conditions },
    }),
    1,
  ),
  z.strictObject({ kind: z.literal("categorical"), choices: z.array(choice).min(1), when: conditions }),
]);

/**
 * The dimensions of a search by the key of the experiment that each one sets. A condition names other dimensions and values
 * that they can have, and none that hangs on itself.
 */
export type SearchSpace = Record<string, Dimension>;
export const searchSpace: z.ZodType<SearchSpace, Record<string, Written<Dimension>>> = z.record(z.string(), dimension)
  .superRefine((space, context) => {
    for (const [key, { when: condition = {} }] of Object.entries(space)) {
      for (const [other, values] of Object.entries(condition)) {
        const wrong = conditionError(space, { key, other, values });
        if (wrong) context.addIssue({ code: "custom", path: [key, "when", other], message: wrong });
      }
    }
  });

type Steps = { log?: boolean; step?: number } & Condition;

/** Real numbers from `low` to `high`, both included; `log` draws their logarithm, `step` a multiple of it above `low`. */
export function float(low: number, high: number, options: Steps = {}): Dimension {
  return { kind: "float", low, high, log: false, step: null, ...options };
}

/** Whole numbers from `low` to `high`, both included. */
export function int(low: number, high: number, options: Steps = {}): Dimension {
  return { kind: "int", low, high, log: false, step: 1, ...options };
}

/** What is wrong with a condition of `key` on `other`; nothing where nothing is. */
function conditionError(
  space: Record<string, Dimension>,
  { key, other, values }: { key: string; other: string; values: readonly unknown[] },
): string | undefined {
  const of = space[other];
  if (of === undefined) return `a condition on one of the keys ${Object.keys(space).join(", ")}, not on ${other}`;
  const known = (value: unknown) =>
    of.kind === "categorical"
      ? (of.choices as unknown[]).includes(value)
      : typeof value === "number" && value >= of.low && value <= of.high;
  const unknown = values.find((value) => !known(value));
  if (unknown !== undefined) return `a value that ${other} can have, not ${JSON.stringify(unknown)}`;
  const hangsOn = (from: string, seen: Set<string>): boolean =>
    Object.keys(space[from]?.when ?? {}).some((next) =>
      next === key || (!seen.has(next) && hangsOn(next, new Set([...seen, next])))
    );
  return hangsOn(other, new Set([other])) || other === key
    ? `a condition that doesn't hang on ${key} itself`
    : undefined;
}

/**
 * A dimension that is only asked for where others have certain values:
 * `when({ "model.kind": ["crnn"] }, oneOf(32, 64))`.
 */
export function when(condition: NonNullable<Condition["when"]>, dimension: Dimension): Dimension {
  return { ...dimension, when: { ...dimension.when, ...condition } };
}

/** One of the values. */
export function oneOf(...choices: Choice[]): Dimension {
  return { kind: "categorical", choices };
}
