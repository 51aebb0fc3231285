import { concat, extreme, product, sum } from "../ops/merge.ts";
import { scale } from "../ops/scale.ts";
import type { Value } from "../program.ts";
import type { Activation, LayerContext, LayerRule } from "./layer_rule.ts";

/** All inputs in one layout: channels first where one of them is. */
function aligned(
  { inputs, channelsFirst, channelsLast, first, last }: LayerContext,
): { values: Value[]; wrap(value: Value): Activation; channelsAreFirst: boolean; rank: number } {
  const rank = Math.max(...inputs.map(({ tfShape }) => tfShape.length));
  const channelsAreFirst = inputs.some(({ layout }) => layout === "channels-first") &&
    inputs.every(({ tfShape }) => tfShape.length === rank);
  return {
    rank,
    channelsAreFirst,
    values: inputs.map((input) => channelsAreFirst ? channelsFirst(input) : channelsLast(input)),
    wrap: (value) => channelsAreFirst ? first(value, rank) : last(value),
  };
}

/** Add, Multiply, Average, Maximum and Minimum, broadcast over extents of 1. */
export const merge: LayerRule = (context) => {
  const { apply, layer, inputs, refuse } = context;
  const { values, wrap, rank } = aligned(context);
  if (inputs.some(({ tfShape }) => tfShape.length !== rank)) return refuse("inputs of different ranks");
  switch (layer.getClassName()) {
    case "Add":
      return wrap(apply(sum, values, null));
    case "Multiply":
      return wrap(apply(product, values, null));
    case "Average":
      return wrap(apply(scale, [apply(sum, values, null)], { factor: 1 / values.length }));
    case "Maximum":
      return wrap(apply(extreme, values, { op: "Max" }));
    case "Minimum":
      return wrap(apply(extreme, values, { op: "Min" }));
    default:
      return refuse();
  }
};

export const concatenate: LayerRule = (context) => {
  const { values, wrap, channelsAreFirst, rank } = aligned(context);
  const asked = context.config.axis as number;
  const axis = asked < 0 ? asked + rank : asked;
  const firstAxes = rank === 4 ? [0, 2, 3, 1] : [0, 3, 1];
  return wrap(context.apply(concat, values, { axis: channelsAreFirst ? firstAxes[axis] : axis }));
};
