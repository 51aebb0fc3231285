import { blockedFilter } from "../onnx/blocked.ts";
import type { Graph, Shape, Tensor } from "../graph.ts";
import { NCHWC } from "../onnx/model.ts";

/** Attributes of the operation conv2d, each `[height, width]`. */
export interface Conv2dAttributes {
  strides: readonly [number, number];
  dilations: readonly [number, number];
  /** Rows above, columns left, rows below, columns right. */
  pads: readonly [number, number, number, number];
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
