import type { Shape } from "../graph.ts";
import { add, asNumber, broadcastShape, div, equal, mul, sumTo } from "../onnx/arithmetic.ts";
import { concat as emitConcat, slice } from "../onnx/rearrange.ts";
import type { Rule, Value } from "../program.ts";
import type { LayerContext, LayerRule } from "./layer_rule.ts";

const broadcast = (shapes: readonly Shape[]) => shapes.reduce((a, b) => broadcastShape(a, b));

/** `y = sum x_i`, broadcast; each gets `dy`. */
const sum: Rule<null> = {
  name: "sum",
  half: true,
  shape: broadcast,
  forward: ({ graph, inputs }) => inputs.reduce((a, b) => add(graph, a, b)),
  gradient: ({ graph, inputs, dy, needs }) => inputs.map((x, i) => needs[i] ? sumTo(graph, dy, x.shape) : undefined),
};

/** `y = prod x_i`, broadcast; `dx_i = dy prod_(j != i) x_j`. */
const product: Rule<null> = {
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

/** `y = factor x`; `dx = factor dy`. */
const scale: Rule<{ factor: number }> = {
  name: "scale",
  forward: ({ graph, inputs: [x], attributes: { factor } }) => mul(graph, x, factor),
  gradient: ({ graph, attributes: { factor }, dy }) => [mul(graph, dy, factor)],
};

/** The largest or smallest of the inputs, element by element; `dy` goes to it, shared between equals. */
const extreme: Rule<{ op: "Max" | "Min" }> = {
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
    let end = 0;
    return inputs.map((x) => slice(graph, dy, { axes: [axis], starts: [end], ends: [end += x.shape[axis]] }));
  },
};

type Merge = (apply: LayerContext["apply"], values: readonly Value[]) => Value;

/** What makes one value of several, broadcast over extents of 1, by the name of the layer. */
export const MERGES: Readonly<Record<"Add" | "Average" | "Maximum" | "Minimum" | "Multiply", Merge>> = {
  Add: (apply, values) => apply(sum, values, null),
  Average: (apply, values) => apply(scale, [apply(sum, values, null)], { factor: 1 / values.length }),
  Maximum: (apply, values) => apply(extreme, values, { op: "Max" }),
  Minimum: (apply, values) => apply(extreme, values, { op: "Min" }),
  Multiply: (apply, values) => apply(product, values, null),
};

/** All inputs in one layout: channels first where one of them is. */
function aligned({ inputs, channelsFirst, channelsLast, first, last }: LayerContext) {
  const rank = Math.max(...inputs.map(({ tfShape }) => tfShape.length));
  const channelsAreFirst = inputs.some(({ layout }) => layout === "channels-first") &&
    inputs.every(({ tfShape }) => tfShape.length === rank);
  return {
    rank,
    channelsAreFirst,
    values: inputs.map((input) => channelsAreFirst ? channelsFirst(input) : channelsLast(input)),
    wrap: (value: Value) => channelsAreFirst ? first(value, rank) : last(value),
  };
}

const merging = (merge: Merge): LayerRule => (context) => {
  const { values, wrap, rank } = aligned(context);
  if (context.inputs.some(({ tfShape }) => tfShape.length !== rank)) context.refuse("inputs of different ranks");
  return wrap(merge(context.apply, values));
};

export const mergingLayers: Readonly<Record<string, LayerRule>> = {
  ...Object.fromEntries(Object.entries(MERGES).map(([name, merge]) => [name, merging(merge)])),
  Concatenate: (context) => {
    const { values, wrap, channelsAreFirst, rank } = aligned(context);
    const asked = context.config.axis as number;
    const axis = asked < 0 ? asked + rank : asked;
    const firstAxes = rank === 4 ? [0, 2, 3, 1] : [0, 3, 1];
    return wrap(context.apply(concat, values, { axis: channelsAreFirst ? firstAxes[axis] : axis }));
  },
};
