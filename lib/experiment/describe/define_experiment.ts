import type { z } from "zod";
import { AuscultError, UsageError } from "../../errors/mod.ts";
import { partSchemas } from "../../parts/mod.ts";
import { type Experiment, type ExperimentDescription, experimentSchema } from "./experiment_schema.ts";
import { type Json, setValues } from "./set_values.ts";
import type { SearchSpace } from "./search_space.ts";

/**
 * An experiment as its file describes it, checked; plain JSON, so that a run folder can hold it and a sweep can vary it.
 *
 * @throws {UsageError} naming the key that is unknown or wrong.
 */
export function defineExperiment(description: ExperimentDescription): ExperimentDescription {
  resolveExperiment(description);
  for (const name of Object.keys(description.ablations ?? {})) checkAblation(description, name);
  return description;
}

/**
 * The experiment with `--set` overrides and every default filled in. `budget=NAME` stands for the list of overrides of
 * that name in the experiment's `budgets`; what is set beside it comes after it. `ablation=NAME` stands for that of its
 * `ablations`, and `ablation=base` for none.
 *
 * @throws {UsageError} naming the key that is unknown or wrong, and what it may be.
 */
export function resolveExperiment(description: ExperimentDescription, assignments: readonly string[] = []): Experiment {
  const budgets = assignments.filter((text) => text.startsWith("budget=")).map((text) => text.slice("budget=".length));
  const overrides = assignments.filter((text) => !text.startsWith("budget=")).flatMap((text) =>
    text.startsWith("ablation=") ? overridesOf(description, "ablation", text.slice("ablation=".length)) : [text]
  );
  const named = budgets.flatMap((budget) => overridesOf(description, "budget", budget));
  const usual = (path: readonly string[]) => defaultAt(experimentSchema, path);
  const values = setValues(description as unknown as Json, [...named, ...overrides], usual);
  const parsed = experimentSchema.safeParse(values);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue.path.length > 0 ? issue.path.join(".") : description.name;
  const check = overrides.length > 0 ? "check what --set says" : "check the experiment's file";
  if (issue.code !== "unrecognized_keys") {
    const said = issue.message.replace(/^Invalid (input|option|discriminator value)[:.] expected/i, "expected");
    const found = JSON.stringify(issue.path.reduce<unknown>((value, key) => (value as Json)?.[String(key)], values));
    throw new UsageError({ expected: `a value that fits (${said})`, found: found ?? "nothing", where, remedy: check });
  }
  const { kind } = issue.path.reduce<Json>((value, key) => value[String(key)] as Json, values);
  throw new UsageError({
    expected: `one of the keys ${keysAt(experimentSchema, issue.path.map(String), kind).join(", ")}`,
    found: issue.keys.map((key) => `"${key}"`).join(", "),
    where,
    // What the file says of one kind stands in the way of another.
    remedy: overrides.some((text) => text.startsWith(`${where}.kind=`))
      ? `set the whole of it: --set '${where}={"kind":"${kind}"}'`
      : check,
  });
}

/** What an experiment is called where nothing is taken away. */
export const BASE = "base";

/** The overrides of a budget or an ablation, whose name stands there as JSON or plain. */
function overridesOf(description: ExperimentDescription, kind: "budget" | "ablation", text: string): string[] {
  const { [`${kind}s` as const]: lists = {} } = description;
  const name = kind === "ablation" && text.startsWith('"') ? JSON.parse(text) as string : text;
  if (kind === "ablation" && name === BASE) return [];
  if (Object.hasOwn(lists, name)) return lists[name];
  const known = [...kind === "ablation" ? [BASE] : [], ...Object.keys(lists)];
  const expected = `one of the ${kind}s ${known.join(", ") || "(this experiment has none)"}`;
  throw new UsageError({ expected, found: `"${name}"`, where: `--set ${kind}` });
}

function checkAblation(description: ExperimentDescription, name: string): void {
  if (name === BASE) {
    const found = `"${BASE}", which is the experiment itself`;
    throw new UsageError({ expected: "a name for what is taken away", found, where: "ablations" });
  }
  try {
    resolveExperiment(description, [`ablation=${JSON.stringify(name)}`]);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const where = `${error.problem.where}, which the ablation "${name}" sets`;
    throw new UsageError({ ...error.problem, where, remedy: "correct the ablations in the experiment's file" });
  }
}

/** What this looks at of a schema of any kind. */
interface Def {
  type: string;
  innerType?: z.ZodType;
  options?: readonly z.ZodType[];
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  valueType?: z.ZodType;
  defaultValue?: unknown;
}

/** The schemas that may stand at a path below another: several where kinds differ, none where no kind has such a key. */
export function schemasAt(schema: z.ZodType, [key, ...rest]: readonly string[]): z.ZodType[] {
  const { innerType, options, shape, element, valueType } = defOf(schema);
  const inside = (next: z.ZodType | undefined, path: readonly string[]) => next ? schemasAt(next, path) : [];
  if (innerType) return inside(innerType, key === undefined ? [] : [key, ...rest]);
  if (options) return options.flatMap((option) => schemasAt(option, key === undefined ? [] : [key, ...rest]));
  if (key === undefined) return [schema];
  if (shape) return inside(Object.hasOwn(shape, key) ? shape[key] : undefined, rest);
  if (element) return inside(/^\d+$/.test(key) ? element : undefined, rest);
  return inside(valueType, rest);
}

/** The keys of an object's schema, those that may be left out included; of the given kind alone, where there are kinds. */
export function keysAt(schema: z.ZodType, path: readonly string[], kind?: unknown): string[] {
  const shapes = schemasAt(schema, path).map((one) => defOf(one).shape ?? {});
  const ofKind = shapes.filter(({ kind: of }) => of !== undefined && of.safeParse(kind).success);
  return [...new Set((ofKind.length > 0 ? ofKind : shapes).flatMap(Object.keys))];
}

/** What stands at a path where an experiment says nothing of it. */
export function defaultAt(schema: z.ZodType, path: readonly string[]): unknown {
  const [key, ...rest] = path;
  const { type, innerType, shape, defaultValue } = defOf(schema);
  if (key === undefined) return type === "default" ? structuredClone(defaultValue) : undefined;
  if (innerType) return defaultAt(innerType, path);
  return shape && Object.hasOwn(shape, key) ? defaultAt(shape[key], rest) : undefined;
}

function defOf(schema: z.ZodType): Def {
  const parts = partSchemas(schema);
  return parts ? { type: "union", options: parts } : schema.def as unknown as Def;
}

/**
 * Tries the ends or choices of each dimension of a space on the experiment, as a trial would.
 *
 * @param assignments `--set` overrides that all trials share.
 * @throws {UsageError} for a key that the experiment doesn't have, or a value that can't stand there.
 */
export function checkSpace(description: ExperimentDescription, assignments: readonly string[]): void {
  const { space } = resolveExperiment(description, assignments);
  for (const key of Object.keys(space)) {
    const dimension = space[key];
    const extremes = dimension.kind === "categorical" ? dimension.choices : [dimension.low, dimension.high];
    for (const value of extremes) {
      const asked = { ...conditionsOf(key, space), [key]: value };
      const inOrder = Object.keys(space).filter((other) => Object.hasOwn(asked, other));
      try {
        resolveExperiment(description, [
          ...assignments,
          ...inOrder.map((one) => `${one}=${JSON.stringify(asked[one])}`),
        ]);
      } catch (error) {
        if (!(error instanceof AuscultError)) throw error;
        const where = `${error.problem.where}, which the search space sets to ${JSON.stringify(value)} as ${key}`;
        throw new UsageError({ ...error.problem, where, remedy: "correct the space in the experiment's file" });
      }
    }
  }
}

/** Values of other dimensions under which this one is asked for. */
function conditionsOf(key: string, space: SearchSpace): Record<string, unknown> {
  const own = Object.entries(space[key].when ?? {}).map(([other, [value]]) => [other, value] as const);
  return Object.assign({}, ...own.map(([other]) => conditionsOf(other, space)), Object.fromEntries(own));
}
