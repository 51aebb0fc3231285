import * as tf from "@tensorflow/tfjs";
import type { NodeContext, NodeRule, NodeRules, Value } from "./node_context.ts";
import type { OnnxConstant } from "../../features/mod.ts";

const sizeOf = (shape: readonly number[]) => shape.reduce((product, extent) => product * extent, 1);

/** The same numbers, in the order of ONNX, under other extents. */
function shaped(context: NodeContext, value: Value, shape: number[]): Value {
  const x = context.reshaped(context.plain(value), shape);
  return { x, shape, order: [...shape.keys()], positive: value.positive };
}

const reshape: NodeRule = (context) => {
  const value = context.value(), size = sizeOf(value.shape);
  const asked = (context.weights(1).values as number[]).slice(1)
    .map((extent, i) => extent === 0 ? value.shape[i] : extent);
  const known = sizeOf(asked.filter((extent) => extent > 0));
  const shape = asked.map((extent) => extent < 0 ? size / known : extent);
  return sizeOf(shape) === size ? shaped(context, value, shape) : context.refuse(`[${shape}] of [${value.shape}]`);
};

const flatten: NodeRule = (context) => {
  if (context.attribute("axis", 1) !== 1) return context.refuse(`axis ${context.attribute("axis", 1)}`);
  return shaped(context, context.value(), [sizeOf(context.value().shape)]);
};

/** Counted from the front, without the batch. */
function axesOf(context: NodeContext, axes: readonly number[], rank: number): number[] {
  const counted = axes.map((axis) => (axis < 0 ? axis + rank + 1 : axis) - 1).toSorted((a, b) => a - b);
  return counted.some((axis) => axis < 0) ? context.refuse("the axis of the examples") : counted;
}

const squeeze: NodeRule = (context) => {
  const value = context.value(), { shape } = value;
  const asked = context.axes(1);
  const axes = asked ? axesOf(context, asked, shape.length) : shape.flatMap((extent, i) => extent === 1 ? [i] : []);
  return shaped(context, value, shape.filter((_, axis) => !axes.includes(axis)));
};

const unsqueeze: NodeRule = (context) => {
  const value = context.value(), axes = context.axes(1)!;
  const at = axesOf(context, axes, value.shape.length + axes.length);
  return shaped(context, value, at.reduce((shape, axis) => shape.toSpliced(axis, 0, 1), value.shape));
};

/** Transpose: the axes get other numbers, and nothing moves. */
const transpose: NodeRule = (context) => {
  const [batch, ...perm] = context.list("perm") ?? [-1];
  if (batch !== 0) return context.refuse("the axis of the examples moved");
  const { shape, order, ...value } = context.value(), axes = perm.map((axis) => axis - 1);
  return { ...value, shape: axes.map((axis) => shape[axis]), order: order.map((axis) => axes.indexOf(axis)) };
};

const concatenation: NodeRule = (context) => {
  const values = context.values();
  const { shape, order } = values[0];
  const [axis] = axesOf(context, [context.attribute("axis", 1)], shape.length);
  const inputs = values.map((value) => context.arranged(value, order));
  const at = order.indexOf(axis) + 1;
  return {
    x: context.layer((options) => tf.layers.concatenate({ ...options, axis: at }), inputs),
    shape: shape.with(axis, values.reduce((sum, value) => sum + value.shape[axis], 0)),
    order,
  };
};

/** ReduceMean, ReduceMax, GlobalAveragePool and GlobalMaxPool. */
const reduction: NodeRule = (context) => {
  const value = context.value(), rank = value.shape.length;
  const isGlobal = context.node.operator.startsWith("Global");
  const asked = isGlobal ? value.shape.map((_, axis) => axis + 1).slice(1) : context.axes(1);
  if (asked === undefined) return context.refuse("the axis of the examples");
  const axes = axesOf(context, asked, rank);
  const channel = value.shape.findIndex((_, axis) => !axes.includes(axis));
  if (channel < 0) return context.refuse("all axes");
  const x = context.maps(value, channel);
  const [height, width] = x.shape.slice(1) as number[];
  const sides = [...value.shape.keys()].filter((axis) => axis !== channel);
  const poolSize: [number, number] = [
    axes.includes(sides[0]) ? height : 1,
    sides[1] === undefined || axes.includes(sides[1]) ? width : 1,
  ];
  const pooled = context.pooled(x, /Max/.test(context.node.operator), { poolSize, strides: poolSize });
  const made = { ...context.fromMaps(pooled, rank, channel), positive: value.positive };
  if (isGlobal || context.attribute("keepdims", 1) === 1) return made;
  // What is left out has the extent 1, so that the others stay as they lie.
  const left = made.order.filter((axis) => !axes.includes(axis));
  const renumbered = left.toSorted((a, b) => a - b);
  return {
    ...made,
    x: context.reshaped(made.x, left.map((axis) => made.shape[axis])),
    shape: renumbered.map((axis) => made.shape[axis]),
    order: left.map((axis) => renumbered.indexOf(axis)),
  };
};

/** A dense layer on the last axis. */
function dense(context: NodeContext, kernel: () => tf.Tensor, units: number, bias?: () => tf.Tensor): Value {
  const value = context.value();
  const x = context.layer(
    (options) => tf.layers.dense({ ...options, units, useBias: bias !== undefined, kernelInitializer: "zeros" }),
    context.plain(value),
    { weights: () => bias ? [kernel(), bias()] : [kernel()] },
  );
  return { x, shape: value.shape.with(-1, units), order: [...value.shape.keys()] };
}

const gemm: NodeRule = (context) => {
  if (context.attribute("transA", 0) === 1) return context.refuse("transA");
  const { values, shape } = context.weights(1);
  const isTurned = context.attribute("transB", 0) === 1;
  const units = shape[isTurned ? 0 : 1];
  const scaled = (constant: OnnxConstant, factor: string) =>
    Float32Array.from(constant.values, (value) => value * context.attribute(factor, 1));
  const kernel = () => {
    const matrix = tf.tensor2d(scaled({ values, shape }, "alpha"), shape as [number, number]);
    return isTurned ? matrix.transpose() : matrix;
  };
  const bias = context.node.inputs[2] ? context.weights(2) : undefined;
  return dense(context, kernel, units, bias && (() => tf.tensor1d(scaled(bias, "beta")).broadcastTo([units])));
};

/** MatMul with weights, and with the bias that an Add behind it holds. */
const matMul: NodeRule = (context) => {
  const { values, shape } = context.weights(1);
  const bias = context.bias();
  const kernel = () => tf.tensor2d(values, shape as [number, number]);
  return dense(context, kernel, shape[1], bias && (() => tf.tensor1d(bias.values)));
};

const passing: NodeRule = (context) => ({ ...context.value() });

export const rearranging: NodeRules = {
  ...{ Reshape: reshape, Flatten: flatten, Squeeze: squeeze, Unsqueeze: unsqueeze, Transpose: transpose },
  ...{ Concat: concatenation, Gemm: gemm, MatMul: matMul, Identity: passing, Dropout: passing },
  ...{ ReduceMean: reduction, ReduceMax: reduction, GlobalAveragePool: reduction, GlobalMaxPool: reduction },
};
