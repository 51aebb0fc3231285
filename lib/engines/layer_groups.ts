import type { LayersModel } from "@tensorflow/tfjs";
import { UsageError } from "../errors/mod.ts";
import { layersOf } from "./layers_of.ts";

/**
 * The group of each trained weight, by its position among `model.weights`: the first whose pattern its layer's name fits;
 * weights of no group are left out.
 *
 * @throws {UsageError} where a pattern is none, or fits no layer that learns.
 */
export function layerGroups(model: LayersModel, patterns: readonly string[]): Map<number, number> {
  const groups = new Map<number, number>();
  const learning = layersOf(model).filter(({ frozen, variables }) => !frozen && variables.length > 0);
  const expressions = patterns.map((pattern) => expressionOf(pattern));
  for (const { layer, variables } of learning) {
    const group = expressions.findIndex((expression) => expression.test(layer.name));
    if (group >= 0) { for (const variable of variables) groups.set(model.weights.indexOf(variable), group); }
  }
  const unused = patterns.find((_, group) => ![...groups.values()].includes(group));
  if (unused === undefined) return groups;
  throw new UsageError({
    expected: `a pattern of layers that learn: ${[...new Set(learning.map(({ layer }) => layer.name))].join(", ")}`,
    found: `"${unused}", which fits none that is left`,
    where: "training.layerRates",
  });
}

function expressionOf(pattern: string): RegExp {
  try {
    return new RegExp(pattern);
  } catch {
    throw new UsageError({ expected: "a regular expression", found: `"${pattern}"`, where: "training.layerRates" });
  }
}
