import { matmul, mul, reduce } from "../onnx/arithmetic.ts";
import { blockedFilter, memoryAs } from "../onnx/blocked.ts";
import { concat, flip, pad, reshape, slice, transpose } from "../onnx/rearrange.ts";
import { type Graph, NCHWC, type Shape, type Tensor } from "../graph.ts";
import type { Rule } from "../program.ts";

/** Attributes of {@linkcode conv2d}, each `[height, width]`. */
export interface Conv2dAttributes {
  strides: readonly [number, number];
  dilations: readonly [number, number];
  /** Rows above, columns left, rows below, columns right. */
  pads: readonly [number, number, number, number];
  /** Channels are cut into so many groups that don't see each other. */
  groups: number;
}

/**
 * Cross-correlation of `x` `[n, c, h, w]` with filters `w` `[f, c / groups, kh, kw]`, and a bias `[f]` where given:
 * `y[n, f, i, j] = b[f] + sum_{c, u, v} w[f, c, u, v] x[n, c, s i + d u - p, s j + d v - p]`.
 *
 * The gradient of the filter is a product of `dy` with the patches of `x` (im2col), that of `x` a correlation of `dy`
 * with the filter turned by 180 degrees, or a transposed one where the stride is above 1.
 */
export const conv2d: Rule<Conv2dAttributes> = {
  name: "conv2d",
  shape([[n, , h, w], [f, , kh, kw]], { strides, dilations, pads }) {
    const extent = (size: number, kernel: number, axis: 0 | 1) =>
      Math.floor((size + pads[axis] + pads[axis + 2] - dilations[axis] * (kernel - 1) - 1) / strides[axis]) + 1;
    return [n, f, extent(h, kh, 0), extent(w, kw, 1)];
  },
  forward: ({ graph, inputs, attributes, shape, training }) =>
    training ? conv(graph, inputs, shape, attributes) : plainConv(graph, inputs, shape, attributes),
  gradient({ graph, inputs: [x, w], attributes, dy, needs }) {
    return [
      needs[0] ? inputGradient(graph, { x, w, dy }, attributes) : undefined,
      needs[1] ? filterGradient(graph, { x, w, dy }, attributes) : undefined,
      needs[2] ? reduce(graph, dy, { by: "Sum", axes: [0, 2, 3] }) : undefined,
    ];
  },
};

interface Operands {
  x: Tensor;
  w: Tensor;
  dy: Tensor;
}

/** A convolution on blocked values where the machine and the channels allow it. */
function conv(graph: Graph, inputs: readonly Tensor[], shape: Shape, attributes: Conv2dAttributes): Tensor {
  const form = blockedForm(graph, inputs[0].shape, shape, attributes.groups);
  if (form === "none") return plainConv(graph, inputs, shape, attributes);
  const [x, w, bias] = inputs;
  const filter = blockedFilter(graph, w, { inputsBlocked: form === "full" });
  const given = [form === "image" ? graph.plain(x) : graph.blocked(x), filter, ...(bias ? [bias] : [])];
  const options = { domain: NCHWC, attributes: convAttributes(w, attributes), raw: true, blocked: true };
  return graph.node("Conv", given, shape, options);
}

/** Which kernel for blocked values there is: for whole blocks, for few input channels in plain order, for filters a channel. */
function blockedForm({ block }: Graph, [, c]: Shape, [, f]: Shape, groups: number) {
  if (block === 1 || f % block !== 0) return "none";
  if (groups === 1) return c % block === 0 ? "full" : c < block ? "image" : "none";
  return groups === c && groups === f ? "depthwise" : "none";
}

function plainConv(graph: Graph, inputs: readonly Tensor[], shape: Shape, attributes: Conv2dAttributes): Tensor {
  return graph.node("Conv", inputs, shape, { attributes: convAttributes(inputs[1], attributes) });
}

function convAttributes(w: Tensor, { strides, dilations, pads, groups: group }: Conv2dAttributes) {
  return { strides, dilations, pads, group, kernel_shape: w.shape.slice(2) };
}

function inputGradient(graph: Graph, { x, w, dy }: Operands, attributes: Conv2dAttributes): Tensor {
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
    const turned = flip(graph, swapped, [2, 3]);
    return conv(graph, [unscaled, turned], x.shape, {
      ...attributes,
      pads: [around[0], around[1], around[2], around[3]],
    });
  }
  const uncovered = [0, 1].map((axis) =>
    x.shape[axis + 2] + pads[axis] + pads[axis + 2] - reach[axis] - 1 - strides[axis] * (dy.shape[axis + 2] - 1)
  );
  return graph.node("ConvTranspose", [unscaled, weighed], x.shape, {
    attributes: { strides, dilations, pads, group: groups, kernel_shape: [kh, kw], output_padding: uncovered },
  });
}

function filterGradient(graph: Graph, operands: Operands, attributes: Conv2dAttributes): Tensor {
  const { w, dy } = operands;
  const unscaled = { ...operands, dy: { ...dy, scale: undefined } };
  const form = dy.blocked ? blockedForm(graph, operands.x.shape, dy.shape, attributes.groups) : "none";
  const gradient = form === "depthwise"
    ? depthwiseFilterGradient(graph, unscaled, attributes)
    : form === "none"
    ? plainFilterGradient(graph, unscaled, attributes)
    : blockedFilterGradient(graph, unscaled, attributes);
  return dy.scale ? mul(graph, gradient, reshape(graph, dy.scale, [w.shape[0], 1, 1, 1])) : gradient;
}

function plainFilterGradient(graph: Graph, { x, w, dy }: Operands, attributes: Conv2dAttributes): Tensor {
  const { groups } = attributes;
  const [f, c, kh, kw] = w.shape;
  const [n, , oh, ow] = dy.shape;
  const taps = patches(graph, { x, w, dy }, attributes).map((tap) => reshape(graph, tap, [n, groups, c, oh * ow]));
  const columns = concat(graph, taps, 2); // [n, groups, kh kw c, oh ow]
  const rows = reshape(graph, dy, [n, groups, f / groups, oh * ow]);
  const products = matmul(graph, columns, rows, { transposeB: true });
  const summed = reduce(graph, products, { by: "Sum", axes: [0] }); // [groups, kh kw c, f / groups]
  const cut = reshape(graph, summed, [groups, kh, kw, c, f / groups]);
  return reshape(graph, transpose(graph, cut, [0, 4, 3, 1, 2]), w.shape);
}

/** Blocked `dy` is, block by block, the right factor of the product with the patches. */
function blockedFilterGradient(graph: Graph, { x, w, dy }: Operands, attributes: Conv2dAttributes): Tensor {
  const { block } = graph;
  const [f, c, kh, kw] = w.shape;
  const [n, , oh, ow] = dy.shape;
  const taps = patches(graph, { x, w, dy }, attributes).map((tap) => reshape(graph, tap, [n, 1, c, oh * ow]));
  const columns = concat(graph, taps, 2);
  const rows = memoryAs(graph, dy, [n, f / block, oh * ow, block]);
  const summed = reduce(graph, matmul(graph, columns, rows), { by: "Sum", axes: [0] }); // [f / block, kh kw c, block]
  const cut = reshape(graph, summed, [f / block, kh * kw, c, block]);
  return reshape(graph, transpose(graph, cut, [0, 3, 2, 1]), w.shape);
}

/** Each map of `x` under a filter as large as itself, the map of `dy`: what is left are the taps. */
function depthwiseFilterGradient(
  graph: Graph,
  { x, w, dy }: Operands,
  { strides, dilations, pads }: Conv2dAttributes,
): Tensor {
  const [n, c, h, wide] = x.shape;
  const [, , oh, ow] = dy.shape;
  const [, , kh, kw] = w.shape;
  const maps = memoryAs(graph, graph.blocked(x), [1, n * c, h, wide], { blocked: true });
  const filters = memoryAs(graph, dy, [n * c, 1, oh, ow]);
  // What lies below or right of the last window must not be met: pads there may be negative, that is, cut off.
  const after = [0, 1].map((axis) =>
    (axis === 0 ? (kh - 1) * dilations[0] : (kw - 1) * dilations[1]) + 1 + strides[axis] * (dy.shape[axis + 2] - 1) -
    x.shape[axis + 2] - pads[axis]
  );
  const attributes = {
    group: n * c,
    kernel_shape: [oh, ow],
    strides: dilations,
    dilations: strides,
    pads: [pads[0], pads[1], Math.max(after[0], 0), Math.max(after[1], 0)],
  };
  const covered = [0, 1].map((axis) =>
    Math.floor(
      (x.shape[axis + 2] + attributes.pads[axis] + attributes.pads[axis + 2] -
        strides[axis] * (dy.shape[axis + 2] - 1) - 1) / dilations[axis],
    ) + 1
  );
  const all = graph.node("Conv", [maps, filters], [1, n * c, ...covered], {
    domain: NCHWC,
    attributes,
    raw: true,
    blocked: true,
  });
  const plain = graph.plain(all);
  const cut = slice(graph, plain, { axes: [2, 3], starts: [0, 0], ends: [kh, kw] });
  return reduce(graph, reshape(graph, cut, [n, c, 1, kh, kw]), { by: "Sum", axes: [0] });
}

/** What each position of the filter meets: `kh kw` tensors of the extents `[n, c, oh, ow]`. */
function patches(graph: Graph, { x, w, dy }: Operands, { strides, dilations, pads }: Conv2dAttributes): Tensor[] {
  const [, , kh, kw] = w.shape;
  const [, , oh, ow] = dy.shape;
  const padded = pad(graph, x, { before: [0, 0, pads[0], pads[1]], after: [0, 0, pads[2], pads[3]] });
  return Array.from({ length: kh * kw }, (_, at) => {
    const starts = [dilations[0] * Math.floor(at / kw), dilations[1] * (at % kw)];
    const ends = [starts[0] + strides[0] * (oh - 1) + 1, starts[1] + strides[1] * (ow - 1) + 1];
    return slice(graph, padded, { axes: [2, 3], starts, ends, steps: strides });
  });
}
