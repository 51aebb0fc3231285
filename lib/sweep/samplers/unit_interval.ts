import type { Dimension, SearchSpace } from "../../experiment/describe/search_space.ts";
import type { ParamValue } from "../trial.ts";

/**
 * The range in which a numeric dimension is searched: the logarithm of a `log` range; half a step more at both ends
 * of a stepped one, so that each value has the same share.
 */
export function searchRange(dimension: Exclude<Dimension, { kind: "categorical" }>): [low: number, high: number] {
  const { low, log, step } = dimension;
  const half = (step ?? 0) / 2;
  const [from, to] = [low - half, highestValue(dimension) + half];
  return log ? [Math.log(from), Math.log(to)] : [from, to];
}

/** The value that lies at a point of {@linkcode searchRange}. */
export function valueAt(dimension: Exclude<Dimension, { kind: "categorical" }>, point: number): number {
  const raw = dimension.log ? Math.exp(point) : point;
  const high = highestValue(dimension);
  const { step } = dimension;
  const value = step === null ? raw : dimension.low + Math.round((raw - dimension.low) / step) * step;
  // Decimal steps such as 0.05 leave binary dust, e.g. 0.15000000000000002.
  const clean = step === null || dimension.kind === "int" ? value : Number(value.toPrecision(12));
  return Math.min(high, Math.max(dimension.low, clean));
}

/** The point of {@linkcode searchRange} where a value lies. */
export function pointOf(dimension: Exclude<Dimension, { kind: "categorical" }>, value: number): number {
  return dimension.log ? Math.log(value) : value;
}

/** The value at a share of the dimension, `0 <= share < 1`. */
export function valueAtShare(dimension: Dimension, share: number): ParamValue {
  if (dimension.kind === "categorical") return dimension.choices[Math.floor(share * dimension.choices.length)];
  const [low, high] = searchRange(dimension);
  return valueAt(dimension, low + share * (high - low));
}

/** The highest value that whole steps from the low end reach, as Optuna adjusts it. */
export function highestValue({ low, high, step }: Exclude<Dimension, { kind: "categorical" }>): number {
  if (step === null) return high;
  // The 1e-8 lets 0.5 be ten steps of 0.05 in spite of rounding.
  return low + Math.floor((high - low) / step + 1e-8) * step;
}

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
