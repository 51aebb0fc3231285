import { UsageError } from "../errors/mod.ts";
import { type Experiment, type ExperimentDescription, experimentSchema } from "./experiment_schema.ts";
import { type Json, setValues } from "./set_values.ts";

/**
 * An experiment as its file describes it, checked; plain JSON, so that a run folder can hold it and a sweep can vary it.
 *
 * @throws {UsageError} naming the key that is unknown or wrong.
 */
export function defineExperiment(description: ExperimentDescription): ExperimentDescription {
  resolveExperiment(description);
  return description;
}

/**
 * The experiment with `--set` overrides and every default filled in. `budget=NAME` stands for the list of overrides of
 * that name in the experiment's `budgets`; what is set beside it comes after it.
 *
 * @throws {UsageError} naming the key that is unknown or wrong, and what it may be.
 */
export function resolveExperiment(description: ExperimentDescription, assignments: readonly string[] = []): Experiment {
  const budgets = assignments.filter((text) => text.startsWith("budget=")).map((text) => text.slice("budget=".length));
  const overrides = assignments.filter((text) => !text.startsWith("budget="));
  const named = budgets.flatMap((budget) => budgetOf(description, budget));
  const parsed = experimentSchema.safeParse(setValues(description as unknown as Json, [...named, ...overrides]));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new UsageError({
    expected: issue.code === "unrecognized_keys"
      ? `one of the keys ${knownKeys(description, issue.path)}`
      : "a value that fits",
    found: issue.code === "unrecognized_keys" ? issue.keys.map((key) => `"${key}"`).join(", ") : issue.message,
    where: issue.path.length > 0 ? issue.path.join(".") : description.name,
    remedy: overrides.length > 0 ? "check what --set says" : "check the experiment's file",
  });
}

/** The keys of an object of the experiment, those with defaults included. */
function knownKeys(description: ExperimentDescription, path: readonly PropertyKey[]): string {
  const whole: unknown = experimentSchema.safeParse(description).data ?? description;
  const inner = path.reduce((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], whole);
  return Object.keys(inner ?? {}).join(", ");
}

function budgetOf(description: ExperimentDescription, budget: string): string[] {
  const found = description.budgets?.[budget];
  if (found) return found;
  throw new UsageError({
    expected: `one of the budgets ${Object.keys(description.budgets ?? {}).join(", ") || "(this experiment has none)"}`,
    found: `"${budget}"`,
    where: "--set budget",
  });
}
