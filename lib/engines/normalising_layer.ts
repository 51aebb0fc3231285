import type { LayersModel } from "@tensorflow/tfjs";

/** Name of the first layer that normalises by the statistics of a batch, for which one example is too few. */
export function normalisingLayer(model: LayersModel): string | undefined {
  return model.layers.find((layer) => layer.getClassName() === "BatchNormalization")?.name;
}
