import type { Dimension, SearchSpace } from "../../experiment/describe/search_space.ts";
import type { ParamValue } from "../trial.ts";
import { highestValue } from "./unit_interval.ts";

/** Whether a dimension can be set to a value: in its range and on its steps, or one of its choices. */
export function isInside(dimension: Dimension, value: ParamValue): boolean {
  if (dimension.kind === "categorical") return dimension.choices.includes(value);
  if (typeof value !== "number" || !(value >= dimension.low && value <= highestValue(dimension))) return false;
  if (dimension.kind === "int" && !Number.isInteger(value)) return false;
  const { low, step } = dimension;
  // Decimal steps leave binary dust.
  return step === null || Math.abs((value - low) / step - Math.round((value - low) / step)) < 1e-8;
}

/** What of a setting lies outside of a space, in words; nothing where nothing does. Keys of no dimension don't count. */
export function outsideOf(space: SearchSpace, params: Record<string, ParamValue>): string | undefined {
  const [outside] = Object.entries(params).filter(([name, value]) =>
    Object.hasOwn(space, name) && !isInside(space[name], value)
  );
  return outside && `${outside[0]} was asked to be ${JSON.stringify(outside[1])}, which its range does not hold`;
}
