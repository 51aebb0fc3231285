import { mul } from "../onnx/arithmetic.ts";
import { memoryAs } from "../onnx/blocked.ts";
import { flip, reshape, transpose } from "../onnx/rearrange.ts";
import type { Graph, Tensor } from "../graph.ts";
import { blockedForm, conv, type Conv2dAttributes, type ConvOperands } from "./conv2d_node.ts";
import { spread } from "./pool2d.ts";

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
    const turned = flip(graph, swapped, [2, 3]);
    return conv(graph, [unscaled, turned], x.shape, {
      ...attributes,
      pads: [around[0], around[1], around[2], around[3]],
    });
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
  return conv(graph, [stretched, flip(graph, w, [2, 3])], x.shape, {
    strides: [1, 1],
    dilations,
    pads: [around[0], around[1], around[2], around[3]],
    groups,
  });
}
