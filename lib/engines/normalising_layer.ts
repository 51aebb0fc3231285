import type { LayersModel } from "@tensorflow/tfjs";
import { layersOf } from "./layers_of.ts";

/** Name of the first layer that normalises by the statistics of a batch, for which one example is too few. */
export function normalisingLayer(model: LayersModel): string | undefined {
  return layersOf(model).find(({ layer, frozen }) => layer.getClassName() === "BatchNormalization" && !frozen)?.layer
    .name;
}
