import { matmul, mul, reduce } from "../onnx/arithmetic.ts";
import { memoryAs, plainFilter } from "../onnx/blocked.ts";
import { concat, pad, reshape, slice, transpose } from "../onnx/rearrange.ts";
import type { Graph, Tensor } from "../graph.ts";
import { NCHWC } from "../onnx/model.ts";
import { rowsFilterGradient } from "./conv2d_filter_gradient_by_rows.ts";
import { blockedForm, type Conv2dAttributes, type ConvOperands } from "./conv2d_node.ts";

export function filterGradient(graph: Graph, operands: ConvOperands, attributes: Conv2dAttributes): Tensor {
  const { w, dy } = operands;
  const unscaled = { ...operands, dy: { ...dy, scale: undefined } };
  const form = dy.blocked ? blockedForm(graph, operands.x.shape, dy.shape, attributes.groups) : "none";
  const gradient = form === "depthwise"
    ? depthwiseFilterGradient(graph, unscaled, attributes)
    : form === "none"
    ? plainFilterGradient(graph, unscaled, attributes)
    : dy.shape[3] % graph.block === 0
    ? rowsFilterGradient(graph, unscaled, attributes)
    : blockedFilterGradient(graph, unscaled, attributes);
  return dy.scale ? mul(graph, gradient, reshape(graph, dy.scale, [w.shape[0], 1, 1, 1])) : gradient;
}

function plainFilterGradient(graph: Graph, { x, w, dy }: ConvOperands, attributes: Conv2dAttributes): Tensor {
  const { groups } = attributes;
  const [f, c, kh, kw] = w.shape;
  const [n, , oh, ow] = dy.shape;
  const taps = patches(graph, { x, w, dy }, attributes).map((tap) => reshape(graph, tap(), [n, groups, c, oh * ow]));
  const columns = concat(graph, taps, 2); // [n, groups, kh kw c, oh ow]
  const rows = reshape(graph, dy, [n, groups, f / groups, oh * ow]);
  const products = matmul(graph, columns, rows, { transposeB: true });
  const summed = reduce(graph, products, { by: "Sum", axes: [0] }); // [groups, kh kw c, f / groups]
  const cut = reshape(graph, summed, [groups, kh, kw, c, f / groups]);
  return reshape(graph, transpose(graph, cut, [0, 4, 3, 1, 2]), w.shape);
}

/**
 * Blocked `dy` is, block by block, the right factor of the product with the patches. Each tap is multiplied
 * by itself where there are enough channels: all taps in one would be `kh kw` times as large as `x` and no faster.
 */
function blockedFilterGradient(graph: Graph, { x, w, dy }: ConvOperands, attributes: Conv2dAttributes): Tensor {
  const { block } = graph;
  const [f, c] = w.shape;
  const [n, , oh, ow] = dy.shape;
  const rows = memoryAs(graph, dy, [n, f / block, oh * ow, block]);
  const times = (factor: Tensor) => reduce(graph, matmul(graph, factor, rows), { by: "Sum", axes: [0] });
  const taps = patches(graph, { x, w, dy }, attributes);
  const cutTap = (at: number) => reshape(graph, taps[at](), [n, 1, c, oh * ow]);
  const positions = taps.map((_, at) => at);
  const sums = c >= block ? positions.map((at) => times(cutTap(at))) : [times(concat(graph, positions.map(cutTap), 2))];
  return plainFilter(graph, concat(graph, sums, 1), w.shape);
}

/** Each map of `x` under a filter as large as itself, the map of `dy`: what is left are the taps. */
function depthwiseFilterGradient(
  graph: Graph,
  { x, w, dy }: ConvOperands,
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
function patches(
  graph: Graph,
  { x, w, dy }: ConvOperands,
  { strides, dilations, pads }: Conv2dAttributes,
): (() => Tensor)[] {
  const [, , kh, kw] = w.shape;
  const [, , oh, ow] = dy.shape;
  const padded = pad(graph, x, { before: [0, 0, pads[0], pads[1]], after: [0, 0, pads[2], pads[3]] });
  return Array.from({ length: kh * kw }, (_, at) => {
    const starts = [dilations[0] * Math.floor(at / kw), dilations[1] * (at % kw)];
    const ends = [starts[0] + strides[0] * (oh - 1) + 1, starts[1] + strides[1] * (ow - 1) + 1];
    return () => slice(graph, padded, { axes: [2, 3], starts, ends, steps: strides });
  });
}
