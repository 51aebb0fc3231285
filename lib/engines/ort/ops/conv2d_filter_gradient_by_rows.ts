import { reduce } from "../onnx/arithmetic.ts";
import { memoryAs, plainFilter } from "../onnx/blocked.ts";
import { concat, pad, reshape, slice, transpose } from "../onnx/rearrange.ts";
import type { Graph, Tensor } from "../graph.ts";
import { NCHWC } from "../onnx/model.ts";
import type { Conv2dAttributes, ConvOperands } from "./conv2d_node.ts";

/**
 * The gradient of a filter where the rows of `dy` `[n, f, oh, ow]` are whole blocks of pixels. Blocked `dy` is then, image by
 * image and without being moved, a filter in blocked order: as large as the image, with the pixels of a block for input
 * channels. Under it goes `x` with its pixels in the same blocks, shifted along the rows once for each column of the
 * filter; the positions that this filter takes downwards are the rows of the gradient:
 * `dw[f, c, u, v] = sum_{n, i, j} dy[n, f, i, j] x[n, c, s i + d u - p, s j + d v - p]`.
 */
export function rowsFilterGradient(
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
    const made = graph.node("Conv", [maps, filters], [1, n * f, kh, width], {
      domain: NCHWC,
      raw: true,
      blocked: true,
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
