import type { layers, LayersModel, LayerVariable } from "@tensorflow/tfjs";

/** A layer of a model, wherever it stands. */
export interface PlacedLayer {
  layer: layers.Layer;
  /** Whether it, or a model or wrapper that holds it, has `trainable = false`: Keras hands that on to all inside. */
  frozen: boolean;
  /** The variables that it holds itself, in the order in which it made them, those to be trained first. */
  variables: LayerVariable[];
}

/** All layers of a model, each once: itself, and those of nested models, wrappers and recurrent cells. */
export function layersOf(model: LayersModel): PlacedLayer[] {
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
