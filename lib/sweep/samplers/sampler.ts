import type { Dimension, SearchSpace } from "../../experiment/describe/search_space.ts";
import type { Direction, ParamValue, Trial } from "../trial.ts";
import type { StoredTrial } from "../storage/study_storage.ts";
import type { RandomStream } from "../../random/mod.ts";
import { valueAtShare } from "./unit_interval.ts";

/** What a sampler sees when it is asked for the setting of a new trial. */
export interface SampleContext {
  space: SearchSpace;
  /** All trials of the study so far, running ones included. */
  trials: readonly Trial[];
  direction: Direction;
  /** Number of the new trial. */
  number: number;
  /** A stream of the trial's own: the same study and number draw the same numbers. */
  stream: RandomStream;
}

/**
 * Proposes the setting of a trial; dimensions whose condition isn't met are left out. Nothing where no setting is left,
 * as in a grid that is done.
 */
export type Sampler = (context: SampleContext) => Record<string, ParamValue> | undefined;

/**
 * The dimensions in groups that share a condition, those without one first: what a group's condition names has been
 * drawn before it.
 */
export function conditionGroups(space: SearchSpace): [string, Dimension][][] {
  const groups = new Map<string, [string, Dimension][]>();
  for (const [name, dimension] of Object.entries(space)) {
    const key = JSON.stringify(dimension.when ?? {});
    groups.set(key, [...groups.get(key) ?? [], [name, dimension]]);
  }
  const depth = (group: [string, Dimension][]): number =>
    Math.max(-1, ...Object.keys(group[0][1].when ?? {}).map((name) => space[name] ? depth([[name, space[name]]]) : 0)) +
    1;
  return [...groups.values()].toSorted((a, b) => depth(a) - depth(b));
}

/** Whether the condition of a dimension is met by what has been drawn so far. */
export function conditionHolds(dimension: Dimension, params: Record<string, ParamValue>): boolean {
  return Object.entries(dimension.when ?? {}).every(([name, values]) =>
    name in params && values.includes(params[name])
  );
}

/** The setting of a trial that is begun: what it was put in line with, and what a sampler proposes for the rest. */
export function claimedSetting(
  space: SearchSpace,
  trial: Pick<StoredTrial, "params" | "fixed"> | undefined,
  proposed: Record<string, ParamValue>,
): Record<string, ParamValue> {
  const all = { ...proposed, ...trial?.params, ...trial?.fixed };
  const asked = Object.entries(space).filter(([name, dimension]) => name in all && conditionHolds(dimension, all));
  return Object.fromEntries(asked.map(([name]) => [name, all[name]]));
}

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
