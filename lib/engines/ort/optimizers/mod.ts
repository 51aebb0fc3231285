/**
 * The optimisers of the engine contract as nodes over one vector of all trained weights.
 *
 * @module
 */
import type { Optimizer } from "../../engine.ts";
import { adam } from "./adam.ts";
import type { OptimizerRule } from "./optimizer_rule.ts";
import { sgd } from "./sgd.ts";

export * from "./clip_norm.ts";
export type * from "./optimizer_rule.ts";

/** The number of a step by which the learning rate of a group of layers is multiplied. */
export const groupRateName = (group: number): string => `rate of group ${group}`;

export function optimizerRule(optimizer: Optimizer): OptimizerRule {
  return optimizer.kind === "sgd" ? sgd(optimizer) : adam(optimizer);
}
