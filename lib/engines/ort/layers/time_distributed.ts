import { reshape } from "../ops/reshape.ts";
import { sizeOf } from "../onnx/rearrange.ts";
import type { LayerRule } from "./layer_rule.ts";

/** TimeDistributed: the layer inside on each step, which stand in for examples. */
export const timeDistributed: LayerRule = ({ layer, apply, channelsLast, last, within, refuse }) => {
  const inner = (layer as unknown as { layer: typeof layer }).layer;
  if (inner.getClassName() === "BatchNormalization") return refuse("a BatchNormalization inside (put it outside)");
  const x = channelsLast();
  const [n, t, ...shape] = x.shape;
  const folded = last(apply(reshape, [x], { shape: [n * t, ...shape] }));
  const y = channelsLast(within(inner, [folded]));
  if (sizeOf(y.shape) % (n * t) !== 0) return refuse(`a ${inner.getClassName()} inside`);
  return last(apply(reshape, [y], { shape: [n, t, ...y.shape.slice(1)] }));
};
