import { add, asNumber, broadcastShape, div, equal, mul, sumTo } from "../onnx/arithmetic.ts";
import { concat as emitConcat, slice } from "../onnx/rearrange.ts";
import type { Shape } from "../graph.ts";
import type { Rule } from "../program.ts";

const broadcast = (shapes: readonly Shape[]) => shapes.reduce((a, b) => broadcastShape(a, b));

/** `y = sum x_i`, broadcast; each gets `dy`. */
export const sum: Rule<null> = {
  name: "sum",
  half: true,
  shape: broadcast,
  forward: ({ graph, inputs }) => inputs.reduce((a, b) => add(graph, a, b)),
  gradient: ({ graph, inputs, dy, needs }) => inputs.map((x, i) => needs[i] ? sumTo(graph, dy, x.shape) : undefined),
};

/** `y = prod x_i`, broadcast; `dx_i = dy prod_(j != i) x_j`. */
export const product: Rule<null> = {
  name: "product",
  shape: broadcast,
  forward: ({ graph, inputs }) => inputs.reduce((a, b) => mul(graph, a, b)),
  gradient: ({ graph, inputs, dy, needs }) =>
    inputs.map((x, i) => {
      if (!needs[i]) return undefined;
      const others = inputs.filter((_, j) => j !== i);
      return sumTo(graph, others.reduce((a, b) => mul(graph, a, b), dy), x.shape);
    }),
};

/** The largest or smallest of the inputs, element by element; `dy` goes to it, shared between equals. */
export const extreme: Rule<{ op: "Max" | "Min" }> = {
  name: "extreme",
  shape: broadcast,
  forward: ({ graph, inputs, attributes: { op }, shape }) => graph.node(op, inputs, shape),
  gradient({ graph, inputs, output, dy }) {
    const chosen = inputs.map((x) => asNumber(graph, equal(graph, x, output)));
    const share = div(graph, dy, chosen.reduce((a, b) => add(graph, a, b)));
    return inputs.map((x, i) => sumTo(graph, mul(graph, chosen[i], share), x.shape));
  },
};

/** The inputs one after the other along an axis; each gets its part of `dy`. */
export const concat: Rule<{ axis: number }> = {
  name: "concat",
  half: true,
  shape: (shapes, { axis }) =>
    shapes[0].map((extent, i) => i === axis ? shapes.reduce((total, shape) => total + shape[axis], 0) : extent),
  forward: ({ graph, inputs, attributes: { axis } }) => emitConcat(graph, inputs, axis),
  gradient({ graph, inputs, attributes: { axis }, dy }) {
    let start = 0;
    return inputs.map((x) => {
      const end = start + x.shape[axis];
      const part = slice(graph, dy, { axes: [axis], starts: [start], ends: [end] });
      start = end;
      return part;
    });
  },
};
