import { transpose as emitTranspose } from "../onnx/rearrange.ts";
import type { Rule } from "../program.ts";

/** Axis `i` of the result is axis `order[i]` of the input; the gradient goes the way back. */
export const transpose: Rule<{ order: readonly number[] }> = {
  name: "transpose",
  half: true,
  shape: ([x], { order }) => order.map((axis) => x[axis]),
  forward: ({ graph, inputs: [x], attributes: { order } }) => emitTranspose(graph, x, order),
  gradient: ({ graph, attributes: { order }, dy }) => [emitTranspose(graph, dy, order.map((_, i) => order.indexOf(i)))],
};
