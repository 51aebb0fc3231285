import type { Graph, Tensor } from "../graph.ts";
import { mul, reduce } from "../onnx/arithmetic.ts";
import { concat, pad as emitPad, reshape as emitReshape, sizeOf, slice } from "../onnx/rearrange.ts";
import { pool, spread } from "../ops/pool2d.ts";
import { reshape, transpose } from "../ops/rearranging.ts";
import type { Rule } from "../program.ts";
import type { LayerRule } from "./layer_rule.ts";

/** How many rows of zeros are put before and after each axis. */
interface Border {
  before: readonly number[];
  after: readonly number[];
}

function inner(graph: Graph, x: Tensor, { before, after }: Border): Tensor {
  const axes = x.shape.flatMap((_, axis) => before[axis] + after[axis] > 0 ? [axis] : []);
  const starts = axes.map((axis) => before[axis]);
  return slice(graph, x, { axes, starts, ends: axes.map((axis) => x.shape[axis] - after[axis]) });
}

/** Zeros around; `dx` is the inner part of `dy`. */
const pad: Rule<Border> = {
  name: "pad",
  half: true,
  shape: ([x], { before, after }) => x.map((extent, axis) => extent + before[axis] + after[axis]),
  forward: ({ graph, inputs: [x], attributes }) => emitPad(graph, x, attributes),
  gradient: ({ graph, attributes, dy }) => [inner(graph, dy, attributes)],
};

/** The inner part; `dx` is `dy` with zeros around. */
const crop: Rule<Border> = {
  name: "crop",
  half: true,
  shape: ([x], { before, after }) => x.map((extent, axis) => extent - before[axis] - after[axis]),
  forward: ({ graph, inputs: [x], attributes }) => inner(graph, x, attributes),
  gradient: ({ graph, attributes, dy }) => [emitPad(graph, dy, attributes)],
};

/** `[n, c]` as `[n, times, c]`; `dx` is the sum of `dy` over the copies. */
const repeat: Rule<{ times: number }> = {
  name: "repeat",
  shape: ([[n, c]], { times }) => [n, times, c],
  forward({ graph, inputs: [x], attributes: { times } }) {
    const [n, c] = x.shape;
    return concat(graph, Array.from({ length: times }, () => emitReshape(graph, x, [n, 1, c])), 1);
  },
  gradient: ({ graph, dy }) => [reduce(graph, dy, { by: "Sum", axes: [1] })],
};

/** Each element of `[n, c, h, w]` repeated over a window of its own; `dx` is the sum of `dy` over the window. */
const upsample2d: Rule<{ size: readonly [number, number] }> = {
  name: "upsample2d",
  shape: ([[n, c, h, w]], { size }) => [n, c, h * size[0], w * size[1]],
  forward: ({ graph, inputs: [x], attributes: { size } }) => spread(graph, x, size),
  gradient({ graph, inputs: [x], attributes: { size }, dy }) {
    const mean = pool(graph, "AveragePool", dy, { shape: x.shape, attributes: { kernel_shape: size, strides: size } });
    return [mul(graph, mean, size[0] * size[1])];
  },
};

const bordering = (rule: Rule<Border>, option: "padding" | "cropping"): LayerRule => ({ config, ...context }) => {
  const [[top, bottom], [left, right]] = config[option] as [number, number][];
  const border = { before: [0, 0, top, left], after: [0, 0, bottom, right] };
  return context.first(context.apply(rule, [context.channelsFirst()], border));
};

export const rearrangingLayers: Readonly<Record<string, LayerRule>> = {
  Cropping2D: bordering(crop, "cropping"),
  Flatten: ({ apply, channelsLast, last }) => {
    const x = channelsLast();
    return last(apply(reshape, [x], { shape: [x.shape[0], sizeOf(x.shape.slice(1))] }));
  },
  // The axes after the batch in a new order, counted from 1.
  Permute: ({ config, apply, channelsLast, last }) =>
    last(apply(transpose, [channelsLast()], { order: [0, ...config.dims as number[]] })),
  RepeatVector: ({ config, apply, channelsLast, last }) =>
    last(apply(repeat, [channelsLast()], { times: config.n as number })),
  // One extent may be left to the layer as -1.
  Reshape: ({ config, apply, channelsLast, last }) => {
    const x = channelsLast();
    const asked = config.targetShape as number[];
    const known = sizeOf(asked.filter((extent) => extent > 0));
    const shape = asked.map((extent) => extent > 0 ? extent : sizeOf(x.shape.slice(1)) / known);
    return last(apply(reshape, [x], { shape: [x.shape[0], ...shape] }));
  },
  UpSampling2D: ({ config, apply, channelsFirst, first, refuse }) => {
    const kind = config.interpolation ?? "nearest";
    if (kind !== "nearest") return refuse(`interpolation ${kind}`);
    return first(apply(upsample2d, [channelsFirst()], { size: config.size as [number, number] }));
  },
  ZeroPadding2D: bordering(pad, "padding"),
};
