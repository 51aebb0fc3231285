import type { SearchSpace } from "../../experiment/describe/search_space.ts";
import { conditionHolds } from "../samplers/sampler.ts";
import type { ParamValue } from "../trial.ts";
import type { StoredTrial } from "./study_storage.ts";

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
