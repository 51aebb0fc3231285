import { asNumber, div, equal, mul, reduce } from "../onnx/arithmetic.ts";
import { blockedNode, memoryAs } from "../onnx/blocked.ts";
import { reshape, sizeOf } from "../onnx/rearrange.ts";
import { averagePool2d, maxPool2d } from "../ops/pool2d.ts";
import type { Rule } from "../program.ts";
import { windows } from "./convolution.ts";
import type { LayerRule } from "./layer_rule.ts";

/** The mean over all axes after the channels of `[n, c, ...]`; each of the `m` elements gets `dy / m`. */
const globalAveragePool: Rule<null> = {
  name: "global_average_pool",
  shape: ([x]) => x.slice(0, 2),
  forward({ graph, inputs: [x], shape }) {
    const kept = x.shape.map((extent, axis) => axis < 2 ? extent : 1);
    if (!x.blocked) return reshape(graph, graph.node("GlobalAveragePool", [x], kept), shape);
    // With one element a channel, blocked and plain order are the same.
    return memoryAs(graph, blockedNode(graph, "GlobalAveragePool", [x], { shape: kept }), shape);
  },
  gradient({ graph, inputs: [x], dy }) {
    const [n, c, ...space] = x.shape;
    const share = div(graph, dy, sizeOf(space));
    if (x.blocked) {
      const blocks = n * c / graph.block;
      const each = memoryAs(graph, share, [blocks, 1, graph.block]);
      const extents = [blocks, sizeOf(space), graph.block];
      const spread = graph.node("Expand", [each, graph.integers(extents)], extents);
      return [memoryAs(graph, spread, x.shape, { blocked: true })];
    }
    const kept = reshape(graph, share, [...dy.shape, ...space.map(() => 1)]);
    return [graph.node("Expand", [kept, graph.integers(x.shape)], x.shape)];
  },
};

/** The largest over all axes after the channels of `[n, c, ...]`; equals share `dy` evenly. */
const globalMaxPool: Rule<null> = {
  name: "global_max_pool",
  shape: ([x]) => x.slice(0, 2),
  forward({ graph, inputs: [x], shape }) {
    const pooled = graph.node("GlobalMaxPool", [x], x.shape.map((extent, axis) => axis < 2 ? extent : 1));
    return reshape(graph, pooled, shape);
  },
  gradient({ graph, inputs: [x], output, dy }) {
    const ones = x.shape.slice(2).map(() => 1);
    const largest = asNumber(graph, equal(graph, x, reshape(graph, output, [...output.shape, ...ones])));
    const axes = x.shape.map((_, axis) => axis).slice(2);
    const equals = reduce(graph, largest, { by: "Sum", axes, keep: true });
    return [mul(graph, largest, div(graph, reshape(graph, dy, [...dy.shape, ...ones]), equals))];
  },
};

const pooling = (rule: typeof maxPool2d): LayerRule => (context) => {
  const { apply, channelsFirst, first, inputs: [input] } = context;
  const x = channelsFirst();
  return first(apply(rule, [x], windows(context, x)), input.tfShape.length);
};

const globalPooling = (rule: Rule<null>): LayerRule => ({ apply, channelsFirst, last }) =>
  last(apply(rule, [channelsFirst()], null));

export const poolingLayers: Readonly<Record<string, LayerRule>> = {
  AveragePooling1D: pooling(averagePool2d),
  AveragePooling2D: pooling(averagePool2d),
  GlobalAveragePooling1D: globalPooling(globalAveragePool),
  GlobalAveragePooling2D: globalPooling(globalAveragePool),
  GlobalMaxPooling1D: globalPooling(globalMaxPool),
  GlobalMaxPooling2D: globalPooling(globalMaxPool),
  MaxPooling1D: pooling(maxPool2d),
  MaxPooling2D: pooling(maxPool2d),
};
