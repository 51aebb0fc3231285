import { conv2d } from "../ops/conv2d.ts";
import type { LayerContext, LayerRule } from "./layer_rule.ts";

type Pair = [number, number];

/** Zeros before and after, so that the output covers the input: `ceil(extent / stride)` positions, as TensorFlow. */
export function samePads(
  extents: Pair,
  { size, strides, dilations = [1, 1] }: { size: Pair; strides: Pair; dilations?: Pair },
) {
  const total = extents.map((extent, axis) => {
    const reach = dilations[axis] * (size[axis] - 1) + 1;
    return Math.max((Math.ceil(extent / strides[axis]) - 1) * strides[axis] + reach - extent, 0);
  });
  const before = total.map((count) => Math.floor(count / 2));
  return [before[0], before[1], total[0] - before[0], total[1] - before[1]] as [number, number, number, number];
}

/** tfjs has a name for causal padding, but no backend that runs it and no right shape for what comes out. */
const CAUSAL_REMEDY =
  "no engine can run what tfjs can't: put a ZeroPadding2D layer before a convolution without padding";

/** What `padding` of tfjs means in rows and columns. */
export function pads(
  { config, refuse }: LayerContext,
  extents: Pair,
  windows: { size: Pair; strides: Pair; dilations?: Pair },
): [number, number, number, number] {
  if (config.padding === "same") return samePads(extents, windows);
  if (config.padding === "valid") return [0, 0, 0, 0];
  return refuse(`padding ${config.padding}`, CAUSAL_REMEDY);
}

/** `[height, width]` of an option that may be one number or, for a layer along time, one of a list. */
export function pair(option: unknown, alongTime = false): Pair {
  const list = Array.isArray(option) ? option as number[] : [option as number];
  if (alongTime) return [1, list[0]];
  return [list[0], list[1] ?? list[0]];
}

/** Conv2D and Conv1D. */
export const convolution: LayerRule = (context) => {
  const { config, weight, apply, first, activate, layer } = context;
  const alongTime = layer.getClassName() === "Conv1D";
  const x = context.channelsFirst();
  const size = pair(config.kernelSize, alongTime);
  const strides = pair(config.strides, alongTime);
  const dilations = pair(config.dilationRate ?? 1, alongTime);
  const filters = config.filters as number;
  const w = weight("kernel", {
    order: alongTime ? [2, 1, 0] : [3, 2, 0, 1],
    shape: [filters, x.shape[1], ...size],
  })!;
  const bias = weight("bias");
  const y = apply(conv2d, bias ? [x, w, bias] : [x, w], {
    strides,
    dilations,
    pads: pads(context, [x.shape[2], x.shape[3]], { size, strides, dilations }),
    groups: 1,
  });
  return activate(first(y, alongTime ? 3 : 4), config.activation);
};

/** DepthwiseConv2D: each channel under filters of its own. */
export const depthwiseConvolution: LayerRule = (context) => {
  const { config, weight, apply, first, activate } = context;
  const x = context.channelsFirst();
  const channels = x.shape[1];
  const size = pair(config.kernelSize);
  const strides = pair(config.strides);
  const dilations = pair(config.dilationRate ?? 1);
  const w = weight("depthwise_kernel", {
    order: [2, 3, 0, 1],
    shape: [channels * (config.depthMultiplier as number), 1, ...size],
  })!;
  const bias = weight("bias");
  const y = apply(conv2d, bias ? [x, w, bias] : [x, w], {
    strides,
    dilations,
    pads: pads(context, [x.shape[2], x.shape[3]], { size, strides, dilations }),
    groups: channels,
  });
  return activate(first(y), config.activation);
};

/** SeparableConv2D: a filter a channel, then a mixture of the channels. */
export const separableConvolution: LayerRule = (context) => {
  const { config, weight, apply, first, activate, layer } = context;
  const x = context.channelsFirst();
  const channels = x.shape[1];
  const size = pair(config.kernelSize);
  const strides = pair(config.strides);
  const dilations = pair(config.dilationRate ?? 1);
  // tfjs leaves depthMultiplier out of the configuration of this layer.
  const inner = channels * (layer.weights[0].shape[3] as number);
  const depthwise = weight("depthwise_kernel", { order: [2, 3, 0, 1], shape: [inner, 1, ...size] })!;
  const pointwise = weight("pointwise_kernel", { order: [3, 2, 0, 1] })!;
  const bias = weight("bias");
  const filtered = apply(conv2d, [x, depthwise], {
    strides,
    dilations,
    pads: pads(context, [x.shape[2], x.shape[3]], { size, strides, dilations }),
    groups: channels,
  });
  const y = apply(conv2d, [filtered, pointwise, ...(bias ? [bias] : [])], {
    strides: [1, 1],
    dilations: [1, 1],
    pads: [0, 0, 0, 0],
    groups: 1,
  });
  return activate(first(y), config.activation);
};
