import { DataError } from "../../errors/mod.ts";
import type { Dimension } from "../../experiment/describe/search_space.ts";
import type { ParamValue } from "../trial.ts";

/** JSON text of Optuna's distribution of a dimension, as its `distribution_to_json`. */
export function toOptunaDistribution(dimension: Dimension): string {
  switch (dimension.kind) {
    case "float": {
      const { low, high, log, step } = dimension;
      return json("FloatDistribution", { step, low: real(low), high: real(high), log });
    }
    case "int": {
      const { low, high, log, step } = dimension;
      return json("IntDistribution", { log, step, low, high });
    }
    case "categorical":
      return json("CategoricalDistribution", { choices: dimension.choices });
  }
}

/** Python tells `1.0` from `1`; a float's ends are written so that it reads floats. */
function real(value: number): number | string {
  return Number.isInteger(value) ? `@${value}.0@` : value;
}

function json(name: string, attributes: Record<string, unknown>): string {
  return JSON.stringify({ name, attributes }).replaceAll(/"@([^@"]+)@"/g, "$1");
}

/** What Optuna's `param_value_internal` stands for under a distribution. */
export function fromOptunaValue(distribution: string, internal: number): ParamValue {
  const { name, attributes } = JSON.parse(distribution);
  const value = name === "CategoricalDistribution"
    ? attributes.choices[internal]
    : name === "IntDistribution"
    ? Math.round(internal)
    : name === "FloatDistribution"
    ? internal
    : undefined;
  if (value === undefined || Number.isNaN(value)) {
    const expected = "a float, int or categorical distribution with the value in it";
    throw new DataError({ expected, found: `${name} and ${internal}`, where: "the journal" });
  }
  return value;
}

/** A value as Optuna keeps it: the index of a choice, else the number. */
export function toOptunaValue(dimension: Dimension, value: ParamValue): number {
  return dimension.kind === "categorical" ? dimension.choices.indexOf(value) : value as number;
}
