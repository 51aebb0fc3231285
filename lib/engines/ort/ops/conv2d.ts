import { matmul, reduce } from "../onnx/arithmetic.ts";
import { concat, flip, pad, reshape, slice, transpose } from "../onnx/rearrange.ts";
import type { Graph, Shape, Tensor } from "../graph.ts";
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
  forward: ({ graph, inputs, attributes, shape }) => conv(graph, inputs, shape, attributes),
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

function conv(graph: Graph, inputs: readonly Tensor[], shape: Shape, attributes: Conv2dAttributes): Tensor {
  const { strides, dilations, pads, groups: group } = attributes;
  return graph.node("Conv", inputs, shape, {
    attributes: { strides, dilations, pads, group, kernel_shape: inputs[1].shape.slice(2) },
  });
}

function inputGradient(graph: Graph, { x, w, dy }: Operands, attributes: Conv2dAttributes): Tensor {
  const { strides, dilations, pads, groups } = attributes;
  const [f, c, kh, kw] = w.shape;
  const reach = [dilations[0] * (kh - 1), dilations[1] * (kw - 1)];
  const around = pads.map((count, i) => reach[i % 2] - count);
  if (strides.every((stride) => stride === 1) && around.every((count) => count >= 0)) {
    const perGroup = reshape(graph, w, [groups, f / groups, c, kh, kw]);
    const swapped = reshape(graph, transpose(graph, perGroup, [0, 2, 1, 3, 4]), [groups * c, f / groups, kh, kw]);
    const turned = flip(graph, swapped, [2, 3]);
    return conv(graph, [dy, turned], x.shape, {
      ...attributes,
      pads: [around[0], around[1], around[2], around[3]],
    });
  }
  const uncovered = [0, 1].map((axis) =>
    x.shape[axis + 2] + pads[axis] + pads[axis + 2] - reach[axis] - 1 - strides[axis] * (dy.shape[axis + 2] - 1)
  );
  return graph.node("ConvTranspose", [dy, w], x.shape, {
    attributes: { strides, dilations, pads, group: groups, kernel_shape: [kh, kw], output_padding: uncovered },
  });
}

function filterGradient(graph: Graph, { x, w, dy }: Operands, attributes: Conv2dAttributes): Tensor {
  const { groups } = attributes;
  const [f, c, kh, kw] = w.shape;
  const [n, , oh, ow] = dy.shape;
  const taps = patches(graph, { x, w, dy }, attributes).map((tap) => reshape(graph, tap, [n, groups, c, oh * ow]));
  const columns = concat(graph, taps, 2); // [n, groups, kh kw c, oh ow]
  const rows = reshape(graph, dy, [n, groups, f / groups, oh * ow]);
  const products = matmul(graph, rows, columns, { transposeB: true });
  const summed = reduce(graph, products, { by: "Sum", axes: [0] }); // [groups, f / groups, kh kw c]
  const split = reshape(graph, summed, [f, kh, kw, c]);
  return reshape(graph, transpose(graph, split, [0, 3, 1, 2]), w.shape);
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
