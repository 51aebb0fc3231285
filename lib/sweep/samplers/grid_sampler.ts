import type { Dimension, SearchSpace } from "../../experiment/describe/search_space.ts";
import { UsageError } from "../../errors/mod.ts";
import type { ParamValue, Trial } from "../trial.ts";
import { conditionGroups, conditionHolds, type Sampler } from "./sampler.ts";

/**
 * All combinations of a space without continuous dimensions, in order, each once: those that have been tried, are being
 * tried or stand in line are left out. The same seed gives the same bits, so that trying one again would tell nothing.
 *
 * @returns nothing after the last one.
 * @throws {UsageError} where a float dimension has no step, or there are over a million combinations.
 */
export const gridSampler: Sampler = ({ space, trials, number }) => {
  // Where workers share a server, those that began a moment ago may not have their settings yet: they take the first.
  const settled = trials.filter((trial) => trial.number < number && !isUnset(trial));
  return untried(space, trials)[number - settled.length];
};

/** How many combinations of a grid there still are to try. */
export function gridLeft(space: SearchSpace, trials: readonly Trial[]): number {
  return Math.max(0, untried(space, trials).length - trials.filter(isUnset).length);
}

function isUnset({ state, params, elsewhere }: Trial): boolean {
  return state === "running" && !elsewhere && Object.keys(params).length === 0;
}

function untried(space: SearchSpace, trials: readonly Trial[]): Record<string, ParamValue>[] {
  const key = (params: Record<string, ParamValue>) => JSON.stringify(Object.keys(space).map((name) => params[name]));
  const tried = new Set(trials.map(({ params }) => key(params)));
  return gridOf(space).filter((point) => !tried.has(key(point)));
}

/** Every combination of the values of a space. */
export function gridOf(space: SearchSpace): Record<string, ParamValue>[] {
  let points: Record<string, ParamValue>[] = [{}];
  for (const [name, dimension] of conditionGroups(space).flat()) {
    const values = valuesOf(name, dimension);
    points = points.flatMap((point) =>
      conditionHolds(dimension, point) ? values.map((value) => ({ ...point, [name]: value })) : [point]
    );
    if (points.length > 1_000_000) {
      const expected = "a grid of at most a million settings";
      throw new UsageError({ expected, found: "more", where: "the search space", remedy: "use the sampler tpe" });
    }
  }
  return points;
}

function valuesOf(name: string, dimension: Dimension): ParamValue[] {
  if (dimension.kind === "categorical") return dimension.choices;
  const { low, high, step, log } = dimension;
  if (step === null || log) {
    const found = log ? "a logarithmic range" : "a continuous range";
    const remedy = "name the values with oneOf, or use the sampler tpe";
    throw new UsageError({ expected: "a step for every number of a grid", found, where: name, remedy });
  }
  const count = Math.floor((high - low) / step + 1e-8) + 1;
  return Array.from({ length: count }, (_, i) => Number((low + i * step).toPrecision(12)));
}
