import { reduce } from "../onnx/arithmetic.ts";
import type { Rule } from "../program.ts";
import { conv, type Conv2dAttributes, plainConv } from "./conv2d_node.ts";
import { inputGradient } from "./conv2d_input_gradient.ts";
import { filterGradient } from "./conv2d_filter_gradient.ts";

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
