import type { Shape } from "../graph.ts";
import { reshape as emitReshape, transpose as emitTranspose } from "../onnx/rearrange.ts";
import type { Rule } from "../program.ts";

/** The same elements under other extents, batch included, there and back. */
export const reshape: Rule<{ shape: Shape }> = {
  name: "reshape",
  half: true,
  shape: (_, { shape }) => shape,
  forward: ({ graph, inputs: [x], attributes: { shape } }) => emitReshape(graph, x, shape),
  gradient: ({ graph, inputs: [x], dy }) => [emitReshape(graph, dy, x.shape)],
};

/** Axis `i` of the result is axis `order[i]` of the input; the gradient goes the way back. */
export const transpose: Rule<{ order: readonly number[] }> = {
  name: "transpose",
  half: true,
  shape: ([x], { order }) => order.map((axis) => x[axis]),
  forward: ({ graph, inputs: [x], attributes: { order } }) => emitTranspose(graph, x, order),
  gradient: ({ graph, attributes: { order }, dy }) => [emitTranspose(graph, dy, order.map((_, i) => order.indexOf(i)))],
};
