import { reshape as reshapeOperation } from "../ops/reshape.ts";
import { sizeOf } from "../onnx/rearrange.ts";
import type { LayerRule } from "./layer_rule.ts";

/** Flatten. */
export const flatten: LayerRule = ({ apply, channelsLast, last }) => {
  const x = channelsLast();
  return last(apply(reshapeOperation, [x], { shape: [x.shape[0], sizeOf(x.shape.slice(1))] }));
};

/** Reshape; one extent may be left to the layer as -1. */
export const reshape: LayerRule = ({ config, apply, channelsLast, last }) => {
  const x = channelsLast();
  const asked = config.targetShape as number[];
  const known = asked.reduce((product, extent) => extent > 0 ? product * extent : product, 1);
  const shape = asked.map((extent) => extent > 0 ? extent : sizeOf(x.shape.slice(1)) / known);
  return last(apply(reshapeOperation, [x], { shape: [x.shape[0], ...shape] }));
};
