import { UsageError } from "../errors/mod.ts";
import { presets } from "../features/mod.ts";
import type { Dimension, Experiment, SearchSpace } from "../experiment/mod.ts";
import { highestValue, isInside } from "./samplers/unit_interval.ts";
import { conditionHolds } from "./samplers/sampler.ts";
import type { ParamValue } from "./trial.ts";

/**
 * A setting that is to be tried first, checked; what it leaves out is drawn.
 *
 * @throws {UsageError} naming the key that is not searched, or the value that lies outside its range or off its steps.
 */
export function checkSetting(params: Record<string, ParamValue>, space: SearchSpace): void {
  for (const [key, value] of Object.entries(params)) {
    const dimension = space[key];
    const fits = dimension !== undefined && isInside(dimension, value);
    if (fits) continue;
    throw new UsageError({
      expected: dimension === undefined ? `one of the keys ${Object.keys(space).join(", ")}` : rangeText(dimension),
      found: dimension === undefined ? `"${key}"` : JSON.stringify(value),
      where: dimension === undefined ? "--try" : `--try ${key}`,
      remedy: "name settings that the experiment's space holds",
    });
  }
}

/** The experiment's own values for the dimensions of its space; nothing where one of them lies outside of it. */
export function ownSetting(experiment: Experiment): Record<string, ParamValue> | undefined {
  const { space } = experiment;
  const params: Record<string, ParamValue> = {};
  for (const [key, dimension] of Object.entries(space)) {
    if (!conditionHolds(dimension, ownValues(experiment))) continue;
    const value = valueAtKey(experiment, key);
    if (value === undefined || !isInside(dimension, value)) return undefined;
    params[key] = value;
  }
  return params;
}

/**
 * The value that an experiment has at a key such as `"model.dropout"`, what its preset says and what stands for nothing
 * included; nothing where it is none that can be searched.
 */
export function valueAtKey(experiment: Experiment, key: string): ParamValue | undefined {
  const whole = { ...experiment, input: withPresets(experiment.input) };
  const value = key.split(".").reduce<unknown>(
    (inner, part) => typeof inner === "object" && inner !== null ? (inner as Record<string, unknown>)[part] : undefined,
    whole,
  ) ?? WITHOUT[key];
  return value === null || ["string", "number", "boolean"].includes(typeof value) ? value as ParamValue : undefined;
}

/** An input with all that its presets say where it may be changed, also of the inputs that it holds. */
function withPresets(input: unknown): unknown {
  if (typeof input !== "object" || input === null) return input;
  const { preset, ...own } = Object.fromEntries(Object.entries(input).map(([key, value]) => [key, withPresets(value)]));
  const known = (presets as Record<string, object>)[String(preset)];
  return known ? { ...own, preset, change: { ...known, ...own.change as object } } : { ...own, preset };
}

/** What options that may be left out mean then. */
const WITHOUT: Record<string, ParamValue> = { "training.ema": 0, "input.fade": 0 };

/** What conditions may ask for. */
function ownValues(experiment: Experiment): Record<string, ParamValue> {
  const values = Object.keys(experiment.space).map((key) => [key, valueAtKey(experiment, key)] as const);
  return Object.fromEntries(values.filter((pair): pair is [string, ParamValue] => pair[1] !== undefined));
}

function rangeText(dimension: Dimension): string {
  if (dimension.kind === "categorical") {
    return `one of ${dimension.choices.map((one) => JSON.stringify(one)).join(", ")}`;
  }
  const { kind, low, step } = dimension;
  const steps = step === null || step === 1 ? "" : ` in steps of ${step}`;
  return `${kind === "int" ? "a whole number" : "a number"} from ${low} to ${highestValue(dimension)}${steps}`;
}
