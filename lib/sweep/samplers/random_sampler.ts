import type { ParamValue } from "../trial.ts";
import { conditionGroups, conditionHolds, type SampleContext } from "./sampler.ts";
import { valueAtShare } from "./unit_interval.ts";

/** Draws every dimension evenly and on its own (Bergstra and Bengio 2012). */
export const randomSampler = ({ space, stream }: SampleContext): Record<string, ParamValue> => {
  const params: Record<string, ParamValue> = {};
  for (const group of conditionGroups(space)) {
    for (const [name, dimension] of group) {
      if (conditionHolds(dimension, params)) params[name] = valueAtShare(dimension, stream.uniform());
    }
  }
  return params;
};
