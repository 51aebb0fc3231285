import { reduce } from "../onnx/arithmetic.ts";
import { conv, type Conv2dAttributes, inputGradient, plainConv } from "../ops/conv2d.ts";
import { filterGradient } from "../ops/conv2d_filter_gradient.ts";
import type { Rule, Value } from "../program.ts";
import type { LayerContext, LayerRule } from "./layer_rule.ts";

/**
 * Cross-correlation of `x` `[n, c, h, w]` with filters `w` `[f, c / groups, kh, kw]`, and a bias `[f]` where given:
 * `y[n, f, i, j] = b[f] + sum_{c, u, v} w[f, c, u, v] x[n, c, s i + d u - p, s j + d v - p]`.
 *
 * The gradient of the filter is a product of `dy` with the patches of `x` (im2col), that of `x` a correlation of `dy`
 * with the filter turned by 180 degrees, or a transposed one where the stride is above 1.
 */
export const conv2d: Rule<Conv2dAttributes> = {
  name: "conv2d",
  half: true,
  shape([[n, , h, w], [f, , kh, kw]], { strides, dilations, pads }) {
    const extent = (size: number, kernel: number, axis: 0 | 1) =>
      Math.floor((size + pads[axis] + pads[axis + 2] - dilations[axis] * (kernel - 1) - 1) / strides[axis]) + 1;
    return [n, f, extent(h, kh, 0), extent(w, kw, 1)];
  },
  forward: ({ graph, inputs, attributes, shape, training }) =>
    training ? conv(graph, inputs, shape, attributes) : plainConv(graph, inputs, shape, attributes),
  gradient({ graph, inputs: [x, w], attributes, dy, needs }) {
    // Sums over all positions and examples are more than float16 can add up.
    return [
      needs[0] ? inputGradient(graph, { x, w, dy }, attributes) : undefined,
      needs[1] ? graph.exactly(() => filterGradient(graph, { x, w, dy }, attributes)) : undefined,
      needs[2] ? graph.exactly(() => reduce(graph, dy, { by: "Sum", axes: [0, 2, 3] })) : undefined,
    ];
  },
};

type Pair = [number, number];

/** tfjs has a name for causal padding, but no backend that runs it and no right shape for what comes out. */
const CAUSAL_REMEDY =
  "no engine can run what tfjs can't: put a ZeroPadding2D layer before a convolution without padding";

/** What the options of a convolution or pooling mean on `x` `[n, c, h, w]`; along time they are numbers or lists of one. */
export function windows({ config, layer, refuse }: LayerContext, x: Value) {
  const alongTime = layer.getClassName().endsWith("1D");
  const pair = (option: unknown): Pair => {
    const [height, width = height] = [option].flat() as number[];
    return alongTime ? [1, height] : [height, width];
  };
  const size = pair(config.kernelSize ?? config.poolSize);
  const strides = pair(config.strides ?? config.poolSize);
  const dilations = pair(config.dilationRate ?? 1);
  if (config.padding !== "same" && config.padding !== "valid") refuse(`padding ${config.padding}`, CAUSAL_REMEDY);
  // So that the output covers the input: `ceil(extent / stride)` positions, as TensorFlow.
  const [rows, columns] = [0, 1].map((axis) => {
    if (config.padding === "valid") return 0;
    const extent = x.shape[axis + 2];
    const reach = dilations[axis] * (size[axis] - 1) + 1;
    return Math.max((Math.ceil(extent / strides[axis]) - 1) * strides[axis] + reach - extent, 0);
  });
  const [above, left] = [Math.floor(rows / 2), Math.floor(columns / 2)];
  return { size, strides, dilations, pads: [above, left, rows - above, columns - left] };
}

/** What `name` of the layer makes of `x`: `filters` filters in `groups`, and the bias where the layer has one. */
function convolve(
  context: LayerContext,
  x: Value,
  { name, order, filters, groups = 1, biased = true }: {
    name: string;
    order: readonly number[];
    filters: number;
    groups?: number;
    biased?: boolean;
  },
): Value {
  const { size, ...attributes } = windows(context, x);
  const w = context.weight(name, { order, shape: [filters, x.shape[1] / groups, ...size] })!;
  const bias = biased && context.weight("bias");
  return context.apply(conv2d, bias ? [x, w, bias] : [x, w], { ...attributes, groups });
}

const convolution: LayerRule = (context) => {
  const { config, inputs: [{ tfShape }], channelsFirst, first, activate } = context;
  const order = tfShape.length === 3 ? [2, 1, 0] : [3, 2, 0, 1];
  const y = convolve(context, channelsFirst(), { name: "kernel", order, filters: config.filters as number });
  return activate(first(y, tfShape.length), config.activation);
};

/** Each channel under filters of its own. */
function depthwise(context: LayerContext, { biased }: { biased: boolean }): Value {
  const x = context.channelsFirst();
  const [, , channels, each] = context.layer.weights[0].shape as number[];
  const options = { name: "depthwise_kernel", order: [2, 3, 0, 1], filters: channels * each, groups: channels };
  return convolve(context, x, { ...options, biased });
}

export const convolutionLayers: Readonly<Record<string, LayerRule>> = {
  Conv1D: convolution,
  Conv2D: convolution,
  DepthwiseConv2D: (context) =>
    context.activate(context.first(depthwise(context, { biased: true })), context.config.activation),
  // A filter a channel, then a mixture of the channels.
  SeparableConv2D: (context) => {
    const { config, weight, apply, first, activate } = context;
    const filtered = depthwise(context, { biased: false });
    const pointwise = weight("pointwise_kernel", { order: [3, 2, 0, 1] })!;
    const bias = weight("bias");
    const windows = { strides: [1, 1], dilations: [1, 1], pads: [0, 0, 0, 0], groups: 1 } as const;
    const y = apply(conv2d, bias ? [filtered, pointwise, bias] : [filtered, pointwise], windows);
    return activate(first(y), config.activation);
  },
};
