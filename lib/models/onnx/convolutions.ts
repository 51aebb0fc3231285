import * as tf from "@tensorflow/tfjs";
import type { Maps } from "../blocks.ts";
import type { NodeContext, NodeRule, NodeRules } from "./node_context.ts";

type Pair = [number, number];

interface Sliding {
  size: Pair;
  strides: Pair;
  dilations: Pair;
  /** Before and after, by height and width. */
  border: [Pair, Pair];
  /** Whether tfjs lays the same border around by itself. */
  same: boolean;
}

function sliding(context: NodeContext, size: readonly number[], extents: readonly number[]): Sliding {
  const pair = (list: readonly number[]) => [list[0], list[1] ?? 1] as Pair;
  const [sizes, strides, dilations] = [size, context.list("strides") ?? [1, 1], context.list("dilations") ?? [1, 1]]
    .map(pair);
  const wanted = [0, 1].map((axis) => {
    const reach = dilations[axis] * (sizes[axis] - 1) + 1;
    const total = Math.max((Math.ceil(extents[axis] / strides[axis]) - 1) * strides[axis] + reach - extents[axis], 0);
    return [Math.floor(total / 2), Math.ceil(total / 2)] as Pair;
  }) as [Pair, Pair];
  const how = context.node.attributes.get("auto_pad") ?? "NOTSET";
  const given = context.list("pads") ?? size.flatMap(() => [0, 0]);
  const half = given.length / 2;
  const said = [0, 1].map((axis) => axis < half ? [given[axis], given[half + axis]] : [0, 0]) as [Pair, Pair];
  if (how === "SAME_LOWER") return context.refuse("auto_pad SAME_LOWER");
  const border = how === "NOTSET" ? said : how === "VALID" ? [[0, 0], [0, 0]] as [Pair, Pair] : wanted;
  const same = JSON.stringify(border) === JSON.stringify(wanted);
  return { size: sizes, strides, dilations, border, same };
}

/** The input with its border, unless tfjs lays it around, and what to say to the layer. */
function bordered(context: NodeContext, x: Maps, { border, same }: Sliding): { x: Maps; padding: "same" | "valid" } {
  if (border.flat().every((count) => count === 0)) return { x, padding: "valid" };
  if (same) return { x, padding: "same" };
  const around = (options: { name: string }) => tf.layers.zeroPadding2d({ ...options, padding: border });
  return { x: context.layer(around, x, { part: "border" }), padding: "valid" };
}

/** Conv in one or two dimensions, of one group or of one a channel. */
const convolution: NodeRule = (context) => {
  const value = context.value();
  const { shape: [filters, depth, ...size], values } = context.weights(1);
  const bias = context.node.inputs[2] ? context.weights(2) : undefined;
  const groups = context.attribute("group", 1), channels = value.shape[0];
  if (groups !== 1 && groups !== channels) return context.refuse(`${groups} groups of ${channels} channels`);
  const maps = context.maps(value);
  const how = sliding(context, size, maps.shape.slice(1) as number[]);
  const { x, padding } = bordered(context, maps, how);
  const common = {
    ...{ kernelSize: how.size, strides: how.strides, dilationRate: how.dilations, padding },
    useBias: bias !== undefined,
  };
  const depthMultiplier = filters / channels;
  const layer = (options: { name: string }) =>
    groups === 1
      ? tf.layers.conv2d({ ...options, ...common, filters, kernelInitializer: "zeros" })
      : tf.layers.depthwiseConv2d({ ...options, ...common, depthMultiplier, depthwiseInitializer: "zeros" });
  const weights = () => [
    groups === 1
      ? tf.tensor4d(values, [filters, depth, ...how.size]).transpose([2, 3, 1, 0])
      : tf.tensor4d(values, [channels, depthMultiplier, ...how.size]).transpose([2, 3, 0, 1]),
    ...bias ? [tf.tensor1d(bias.values)] : [],
  ];
  return context.fromMaps(context.layer(layer, x, { weights }), value.shape.length);
};

/** MaxPool and AveragePool. */
const pooling: NodeRule = (context) => {
  const value = context.value();
  const isMax = context.node.operator === "MaxPool";
  const maps = context.maps(value);
  const how = sliding(context, context.list("kernel_shape")!, maps.shape.slice(1) as number[]);
  if (how.dilations.some((dilation) => dilation > 1)) return context.refuse("dilations");
  if (context.attribute("ceil_mode", 0) === 1) return context.refuse("ceil_mode");
  const hasBorder = how.border.flat().some((count) => count > 0);
  const counted = context.attribute("count_include_pad", 0) === 1;
  if (hasBorder && isMax && !how.same && !value.positive) return context.refuse("a border of its own");
  if (hasBorder && !isMax && !how.same && !counted) return context.refuse("a border that isn't counted");
  const { x, padding } = bordered(context, maps, { ...how, same: how.same && (isMax || !counted) });
  const output = context.pooled(x, isMax, { poolSize: how.size, strides: how.strides, padding });
  return { ...context.fromMaps(output, value.shape.length), positive: value.positive };
};

/** Pad with zeros around maps. */
const pad: NodeRule = (context) => {
  const value = context.value();
  const pads = context.list("pads") ?? context.weights(1).values as number[];
  const filling = context.constant(2)?.values[0] ?? context.attribute("value", 0);
  const mode = context.node.attributes.get("mode") ?? "constant";
  if (mode !== "constant" || filling !== 0) return context.refuse(`${mode} borders of ${filling}`);
  const rank = value.shape.length + 1;
  const side = (axis: number) => axis < rank ? [pads[axis], pads[axis + rank]] as Pair : [0, 0] as Pair;
  if ([...side(0), ...side(1)].some((count) => count > 0)) return context.refuse("a border of examples or channels");
  const padding: [Pair, Pair] = [side(2), side(3)];
  const x = context.layer((options) => tf.layers.zeroPadding2d({ ...options, padding }), context.maps(value));
  return { ...context.fromMaps(x, rank - 1), positive: value.positive };
};

export const convolutions: NodeRules = { AveragePool: pooling, Conv: convolution, MaxPool: pooling, Pad: pad };
