import type { layers, LayersModel, LayerVariable } from "@tensorflow/tfjs";
import { UsageError } from "../errors/mod.ts";

/**
 * All layers of a model, each once: itself, and those of nested models, wrappers and recurrent cells.
 *
 * @returns `frozen`: whether it, or a model or wrapper that holds it, has `trainable = false`, which Keras hands on to all
 * inside; `variables`: those that it holds itself, in the order in which it made them, those to be trained first.
 */
export function layersOf(model: LayersModel) {
  const frozen = new Map<layers.Layer, boolean>();
  const visit = (layer: layers.Layer, held: boolean) => {
    const stays = held || !layer.trainable;
    if (frozen.has(layer) && (frozen.get(layer) || !stays)) return;
    frozen.set(layer, stays);
    for (const inner of partsOf(layer)) visit(inner, stays);
  };
  visit(model, false);
  return [...frozen].map(([layer, frozen]) => ({ layer, frozen, variables: variablesOf(layer) }));
}

function variablesOf(layer: layers.Layer): LayerVariable[] {
  // Private, but what the public lists hold depends on what is frozen.
  const own = layer as unknown as Record<"_trainableWeights" | "_nonTrainableWeights", LayerVariable[]>;
  return [...own._trainableWeights, ...own._nonTrainableWeights];
}

function partsOf(layer: layers.Layer): layers.Layer[] {
  if ("layers" in layer) return layer.layers as layers.Layer[];
  return Object.values(layer).flat().filter((part) => part?.getClassName !== undefined && "trainableWeights" in part);
}

/** Name of the first layer that normalises by the statistics of a batch, for which one example is too few. */
export function normalisingLayer(model: LayersModel): string | undefined {
  return layersOf(model).find(({ layer, frozen }) => layer.getClassName() === "BatchNormalization" && !frozen)?.layer
    .name;
}

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
