import { matmul, mul, reduce } from "../onnx/arithmetic.ts";
import { blockedNode, memoryAs, plainFilter } from "../onnx/blocked.ts";
import { concat, pad, reshape, slice, transpose } from "../onnx/rearrange.ts";
import type { Graph, Tensor } from "../graph.ts";
import { blockedForm, type Conv2dAttributes, type ConvOperands } from "./conv2d.ts";

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
  const taps = patches(graph, { x, w, dy }, attributes).map((tap) => () => reshape(graph, tap(), [n, 1, c, oh * ow]));
  const sums = c >= block ? taps.map((tap) => times(tap())) : [times(concat(graph, taps.map((tap) => tap()), 2))];
  return plainFilter(graph, concat(graph, sums, 1), w.shape);
}

/**
 * The gradient of a filter where the rows of `dy` `[n, f, oh, ow]` are whole blocks of pixels. Blocked `dy` is then, image by
 * image and without being moved, a filter in blocked order: as large as the image, with the pixels of a block for input
 * channels. Under it goes `x` with its pixels in the same blocks, shifted along the rows once for each column of the
 * filter; the positions that this filter takes downwards are the rows of the gradient:
 * `dw[f, c, u, v] = sum_{n, i, j} dy[n, f, i, j] x[n, c, s i + d u - p, s j + d v - p]`.
 */
function rowsFilterGradient(
  graph: Graph,
  { x, w, dy }: ConvOperands,
  { strides, dilations, pads }: Conv2dAttributes,
): Tensor {
  const { block } = graph;
  const [f, c, kh, kw] = w.shape;
  const [n, , oh, ow] = dy.shape;
  const [, , height, wide] = x.shape;
  // Rows below the last window are cut off, those that the windows reach beyond the image count as zeros.
  const below = strides[0] * (oh - 1) + dilations[0] * (kh - 1) + 1 - height - pads[0];
  const h = height + Math.min(below, 0);
  const across = ow / block;
  const filters = memoryAs(graph, dy, [n * f, block, oh, across]);
  const shifted = Array.from({ length: kw }, (_, column) => {
    const start = dilations[1] * column - pads[1];
    const covered = strides[1] * (ow - 1) + 1;
    const cut = pad(graph, x, { before: [0, 0, 0, -start], after: [0, 0, h - height, start + covered - wide] });
    const stepped = slice(graph, cut, { axes: [3], starts: [0], ends: [covered], steps: [strides[1]] });
    return reshape(graph, stepped, [n, c, h, across, block]);
  });
  // Few channels are put side by side, so that each pixel of dy, once loaded, meets more than one number.
  const parts = c < block ? [concat(graph, shifted, 1)] : shifted;
  const sums = parts.map((part) => {
    const width = part.shape[1];
    const pixels = transpose(graph, part, [0, 2, 3, 1, 4]); // [n, h, across, width, block]
    const maps = memoryAs(graph, pixels, [1, n * block, h, across * width], { blocked: true });
    const made = blockedNode(graph, "Conv", [maps, filters], {
      shape: [1, n * f, kh, width],
      attributes: {
        group: n,
        kernel_shape: [oh, across],
        strides: [dilations[0], 1],
        dilations: [strides[0], width],
        pads: [pads[0], 0, Math.max(below, 0), 0],
      },
    });
    const rows = memoryAs(graph, made, [n, f / block, kh, width / c, c, block]);
    return reduce(graph, rows, { by: "Sum", axes: [0] }); // [f / block, kh, width / c, c, block]
  });
  return plainFilter(graph, concat(graph, sums, 2), w.shape);
}

/** Each map of `x` under a filter as large as itself, the map of `dy`: what is left are the taps. */
function depthwiseFilterGradient(
  graph: Graph,
  { x, w, dy }: ConvOperands,
  { strides, dilations, pads }: Conv2dAttributes,
): Tensor {
  const [n, c, ...extents] = x.shape;
  const [kernel, taken] = [w.shape.slice(2), dy.shape.slice(2)];
  const maps = memoryAs(graph, graph.blocked(x), [1, n * c, ...extents], { blocked: true });
  const filters = memoryAs(graph, dy, [n * c, 1, ...taken]);
  const reach = taken.map((extent, axis) => strides[axis] * (extent - 1) + 1);
  // What lies below or right of the last window must not be met.
  const after = reach.map((covered, axis) =>
    Math.max((kernel[axis] - 1) * dilations[axis] + covered - extents[axis] - pads[axis], 0)
  );
  const met = reach.map((covered, axis) =>
    Math.floor((extents[axis] + pads[axis] + after[axis] - covered) / dilations[axis]) + 1
  );
  const plain = graph.plain(blockedNode(graph, "Conv", [maps, filters], {
    shape: [1, n * c, ...met],
    attributes: {
      group: n * c,
      kernel_shape: taken,
      strides: dilations,
      dilations: strides,
      pads: [pads[0], pads[1], ...after],
    },
  }));
  const cut = slice(graph, plain, { axes: [2, 3], starts: [0, 0], ends: kernel });
  return reduce(graph, reshape(graph, cut, [n, c, 1, ...kernel]), { by: "Sum", axes: [0] });
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
