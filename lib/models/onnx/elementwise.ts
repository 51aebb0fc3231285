import * as tf from "@tensorflow/tfjs";
import type { Maps } from "../blocks.ts";
import type { NodeContext, NodeRule, NodeRules, Value } from "./node_context.ts";
import type { OnnxConstant } from "../../features/mod.ts";

/**
 * `scale x + shift`, numbers of the file that nobody learns: a normalisation that stays as it is. It is the one layer of
 * tfjs that does so wherever the value stands.
 */
function affine(
  context: NodeContext,
  value: Value,
  { scale = [1], shift = [0], axis }: { scale?: ArrayLike<number>; shift?: ArrayLike<number>; axis?: number },
  part?: string,
): Value {
  const last = axis ?? value.order.at(-1)!;
  const x = axis === undefined
    ? value.x
    : context.arranged(value, [...value.shape.keys()].filter((i) => i !== axis).concat(axis));
  const spread = (list: ArrayLike<number>) =>
    tf.tensor1d(Float32Array.from({ length: value.shape[last] }, (_, i) => list[list.length === 1 ? 0 : i]));
  const epsilon = 1e-7;
  const weights = () => [spread(scale), spread(shift), spread([0]), spread([1 - epsilon])];
  return { x: frozen(context, x, { epsilon, weights, part }), shape: value.shape, order: value.order };
}

/** A normalisation that stays as it is. */
function frozen(
  context: NodeContext,
  x: Maps,
  { epsilon, ...learned }: { epsilon: number; weights: () => tf.Tensor[]; part?: string },
): Maps {
  const layer = (options: { name: string }) => tf.layers.batchNormalization({ ...options, epsilon, trainable: false });
  return context.layer(layer, x, learned);
}

/** BatchNormalization by the statistics that it has, which stay, and so do its scale and shift: Keras' guide says why. */
const normalisation: NodeRule = (context) => {
  const value = context.value();
  const weights = [1, 2, 3, 4].map((input) => context.weights(input));
  if (context.attribute("training_mode", 0) === 1) return context.refuse("training_mode");
  const epsilon = context.attribute("epsilon", 1e-5);
  const x = context.arranged(value, [...value.shape.keys()].slice(1).concat(0));
  const learned = () => weights.map(({ values }) => tf.tensor1d(values));
  return { x: frozen(context, x, { epsilon, weights: learned }), shape: value.shape, order: value.order };
};

function rectified(context: NodeContext, value: Value, { maxValue, part }: { maxValue?: number; part?: string }) {
  const x = context.layer((options) => tf.layers.reLU({ ...options, maxValue }), value.x, { part });
  return { ...value, x, positive: true };
}

/** Between two numbers, by the two activations that every engine has: `max(x, 0)`, and that up to 6. */
function bounded(context: NodeContext, value: Value, low: number, high: number): Value {
  const scale = high < 3e38 ? 6 / (high - low) : 1;
  if (low < -3e38) {
    if (high >= 3e38) return value;
    const turned = affine(context, value, { scale: [-1], shift: [high] }, "turn");
    return affine(context, rectified(context, turned, {}), { scale: [-1], shift: [high] }, "back");
  }
  const shifted = low === 0 && scale === 1
    ? value
    : affine(context, value, { scale: [scale], shift: [-low * scale] }, "shift");
  const cut = rectified(context, shifted, high < 3e38 ? { maxValue: 6 } : {});
  if (low === 0 && scale === 1) return cut;
  return { ...affine(context, cut, { scale: [1 / scale], shift: [low] }, "back"), positive: low >= 0 };
}

const relu: NodeRule = (context) => rectified(context, context.value(), {});

const leakyRelu: NodeRule = (context) => {
  const value = context.value(), alpha = context.attribute("alpha", 0.01);
  const x = context.layer((options) => tf.layers.leakyReLU({ ...options, alpha }), value.x);
  return { ...value, x };
};

/** Sigmoid and Tanh. */
const activation: NodeRule = (context) => {
  const value = context.value(), kind = context.node.operator;
  const name = kind.toLowerCase() as "sigmoid" | "tanh";
  const x = context.layer((options) => tf.layers.activation({ ...options, activation: name }), value.x);
  return { ...value, x, positive: kind !== "Tanh" };
};

function hardSigmoidOf(context: NodeContext, alpha: number, beta: number): Value {
  const steep = affine(context, context.value(), { scale: [6 * alpha], shift: [6 * beta] }, "slope");
  return affine(context, rectified(context, steep, { maxValue: 6, part: "gate" }), { scale: [1 / 6] }, "sixth");
}

const hardSigmoid: NodeRule = (context) =>
  hardSigmoidOf(context, context.attribute("alpha", 0.2), context.attribute("beta", 0.5));

/** `x` times what HardSigmoid gives with the slope 1/6. */
const hardSwish: NodeRule = (context) => merged(context, [context.value(), hardSigmoidOf(context, 1 / 6, 0.5)], "Mul");

const clip: NodeRule = (context) => {
  const low = context.constant(1)?.values[0] ?? context.attribute("min", -Infinity);
  const high = context.constant(2)?.values[0] ?? context.attribute("max", Infinity);
  return bounded(context, context.value(), low, high);
};

const MERGING = { Add: tf.layers.add, Mul: tf.layers.multiply, Max: tf.layers.maximum, Min: tf.layers.minimum };

function merged(context: NodeContext, values: Value[], kind: keyof typeof MERGING): Value {
  const [first, ...others] = values;
  if (others.some(({ shape }) => shape.length !== first.shape.length)) return context.refuse("inputs of unequal axes");
  const inputs = [first.x, ...others.map((value) => context.arranged(value, first.order))];
  const shape = first.shape.map((_, axis) => Math.max(...values.map(({ shape }) => shape[axis])));
  return { x: context.layer(MERGING[kind], inputs), shape, order: first.order };
}

/** The axis along which the numbers of a constant differ; none where it is one number. */
function axisOf(context: NodeContext, { shape, values }: OnnxConstant, value: Value): number | undefined {
  if (values.length === 1) return undefined;
  const axes = shape.flatMap((extent, i) => extent > 1 ? [i - shape.length + value.shape.length] : []);
  if (axes.length === 1 && value.shape[axes[0]] === values.length) return axes[0];
  return context.refuse(`a constant of [${shape}]`);
}

/** Add, Sub, Mul, Div, Max and Min of two values, or of one and numbers of the file. */
const arithmetic: NodeRule = (context) => {
  const { operator } = context.node;
  const at = [0, 1].find((input) => context.constant(input));
  if (at === undefined) {
    if (operator === "Div") return context.refuse("two computed inputs");
    if (operator !== "Sub") return merged(context, context.values(), operator as keyof typeof MERGING);
    const less = affine(context, context.value(1), { scale: [-1] }, "minus");
    return merged(context, [context.value(), less], "Add");
  }
  const constant = context.weights(at), value = context.value(1 - at);
  const numbers = Float32Array.from(constant.values);
  const axis = axisOf(context, constant, value);
  if (operator === "Max" || operator === "Min") {
    if (axis !== undefined) return context.refuse("a bound a channel");
    return operator === "Max"
      ? bounded(context, value, numbers[0], Infinity)
      : bounded(context, value, -Infinity, numbers[0]);
  }
  if (operator === "Div" && at === 0) return context.refuse("a constant that is divided");
  if (operator === "Add") return affine(context, value, { shift: numbers, axis });
  if (operator === "Mul") return affine(context, value, { scale: numbers, axis });
  if (operator === "Div") return affine(context, value, { scale: numbers.map((number) => 1 / number), axis });
  if (at === 0) return affine(context, value, { scale: [-1], shift: numbers, axis });
  return affine(context, value, { shift: numbers.map((number) => -number), axis });
};

export const elementwise: NodeRules = {
  ...{ Add: arithmetic, Div: arithmetic, Max: arithmetic, Min: arithmetic, Mul: arithmetic, Sub: arithmetic },
  ...{ Relu: relu, LeakyRelu: leakyRelu, Sigmoid: activation, Tanh: activation, Clip: clip },
  ...{ HardSigmoid: hardSigmoid, HardSwish: hardSwish, BatchNormalization: normalisation },
};
