import type { Graph, Shape, Tensor } from "../graph.ts";
import { mul } from "../onnx/arithmetic.ts";
import { blockedFilter, memoryAs } from "../onnx/blocked.ts";
import { NCHWC } from "../onnx/model.ts";
import { flip, reshape, transpose } from "../onnx/rearrange.ts";
import { spread } from "./pool2d.ts";

/** Attributes of the operation conv2d, each `[height, width]`. */
export interface Conv2dAttributes {
  strides: readonly [number, number];
  dilations: readonly [number, number];
  /** Rows above, columns left, rows below, columns right. */
  pads: readonly number[];
  /** Channels are cut into so many groups that don't see each other. */
  groups: number;
}

/** What a gradient of a convolution starts from. */
export interface ConvOperands {
  x: Tensor;
  w: Tensor;
  dy: Tensor;
}

/** A convolution on blocked values where the machine and the channels allow it. */
export function conv(graph: Graph, inputs: readonly Tensor[], shape: Shape, attributes: Conv2dAttributes): Tensor {
  const form = blockedForm(graph, inputs[0].shape, shape, attributes.groups);
  if (form === "none") return plainConv(graph, inputs, shape, attributes);
  const [x, w, bias] = inputs;
  const filter = blockedFilter(graph, w, { inputsBlocked: form === "full" });
  const given = [form === "image" ? graph.plain(x) : graph.blocked(x), filter, ...(bias ? [bias] : [])];
  const options = { domain: NCHWC, attributes: convAttributes(w, attributes), raw: true, blocked: true };
  return graph.node("Conv", given, shape, options);
}

/** Which kernel for blocked values there is: for whole blocks, for few input channels in plain order, for filters a channel. */
export function blockedForm({ block }: Graph, [, c]: Shape, [, f]: Shape, groups: number) {
  if (block === 1 || f % block !== 0) return "none";
  if (groups === 1) return c % block === 0 ? "full" : c < block ? "image" : "none";
  return groups === c && groups === f ? "depthwise" : "none";
}

/** A convolution on values in plain order. */
export function plainConv(graph: Graph, inputs: readonly Tensor[], shape: Shape, attributes: Conv2dAttributes): Tensor {
  return graph.node("Conv", inputs, shape, { attributes: convAttributes(inputs[1], attributes) });
}

function convAttributes(w: Tensor, { strides, dilations, pads, groups: group }: Conv2dAttributes) {
  return { strides, dilations, pads, group, kernel_shape: w.shape.slice(2) };
}

export function inputGradient(graph: Graph, { x, w, dy }: ConvOperands, attributes: Conv2dAttributes): Tensor {
  const { strides, dilations, pads, groups } = attributes;
  const [f, c, kh, kw] = w.shape;
  const reach = [dilations[0] * (kh - 1), dilations[1] * (kw - 1)];
  const around = pads.map((count, i) => reach[i % 2] - count);
  // A factor a channel that dy still waits for goes into the filter, which is smaller.
  const weighed = dy.scale ? mul(graph, w, reshape(graph, dy.scale, [f, 1, 1, 1])) : w;
  const unscaled = { ...dy, scale: undefined };
  if (strides.every((stride) => stride === 1) && around.every((count) => count >= 0)) {
    const perGroup = reshape(graph, weighed, [groups, f / groups, c, kh, kw]);
    const swapped = reshape(graph, transpose(graph, perGroup, [0, 2, 1, 3, 4]), [groups * c, f / groups, kh, kw]);
    return conv(graph, [unscaled, flip(graph, swapped, [2, 3])], x.shape, { ...attributes, pads: around });
  }
  if (blockedForm(graph, x.shape, dy.shape, groups) === "depthwise") {
    const stretched = stretchedInputGradient(graph, { x, w: weighed, dy: unscaled }, attributes);
    if (stretched) return stretched;
  }
  const uncovered = [0, 1].map((axis) =>
    x.shape[axis + 2] + pads[axis] + pads[axis + 2] - reach[axis] - 1 - strides[axis] * (dy.shape[axis + 2] - 1)
  );
  return graph.node("ConvTranspose", [unscaled, weighed], x.shape, {
    attributes: { strides, dilations, pads, group: groups, kernel_shape: [kh, kw], output_padding: uncovered },
  });
}

/** The gradient of a strided depthwise convolution: `dy` with zeros between its elements under the turned filter. */
function stretchedInputGradient(
  graph: Graph,
  { x, w, dy }: ConvOperands,
  { strides, dilations, pads, groups }: Conv2dAttributes,
): Tensor | undefined {
  const [n, c, h, wide] = x.shape;
  const [height, width] = [strides[0] * dy.shape[2], strides[1] * dy.shape[3]];
  const reach = [dilations[0] * (w.shape[2] - 1), dilations[1] * (w.shape[3] - 1)];
  const before = [reach[0] - pads[0], reach[1] - pads[1]];
  const around = [...before, h + reach[0] - height - before[0], wide + reach[1] - width - before[1]];
  if (around.some((count) => count < 0)) return undefined;
  const { block } = graph;
  const repeated = memoryAs(graph, spread(graph, graph.blocked(dy), strides), [n * c / block, height * width * block]);
  const first = Float32Array.from({ length: height * width * block }, (_, at) => {
    const pixel = Math.floor(at / block);
    return Math.floor(pixel / width) % strides[0] === 0 && pixel % width % strides[1] === 0 ? 1 : 0;
  });
  const mask = graph.constant(first, [first.length], `every ${strides} of ${height} ${width} ${block}`);
  const stretched = memoryAs(graph, mul(graph, repeated, mask), [n, c, height, width], { blocked: true });
  const stepped = { strides: [1, 1] as const, dilations, pads: around, groups };
  return conv(graph, [stretched, flip(graph, w, [2, 3])], x.shape, stepped);
}
