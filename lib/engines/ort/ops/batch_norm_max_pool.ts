import type { Graph, Tensor } from "../graph.ts";
import { add, div, greater, mul, unary, where } from "../onnx/arithmetic.ts";
import { blockedDots, blockedSums, channelAffine } from "../onnx/blocked.ts";
import { sizeOf } from "../onnx/rearrange.ts";
import type { Rule } from "../program.ts";
import { type BatchNormAttributes, blockedMoments, moveStatistics } from "./batch_norm.ts";
import { pool, type Pool2dAttributes, pooledShape, tiledMaxGradient } from "./pool2d.ts";

/**
 * Batch normalisation in training and the largest of each window after it, on blocked values and windows that lie side by
 * side. With `s` the sign of gamma and `z = s (x - mean)`, `max(gamma (x - mean) / d + beta) = |gamma| / d max(z) + beta`:
 * what is pooled is `z`, and scale, shift and their gradients have a quarter of the elements to go through.
 *
 * With `p = max(z)`, `m` elements of `x` a channel and `g` what `dy` is before the pooling: `dbeta = sum dy`,
 * `dgamma = s / d sum dy p`, `dx = gamma / d (g - dbeta / m - z / d^2 (sum dy p) / m)`.
 */
export const batchNormMaxPool: Rule<BatchNormAttributes & Pool2dAttributes> = {
  name: "batch_norm_max_pool",
  shape: pooledShape,
  forward(context) {
    const { graph, inputs: [x, gamma, beta], attributes: { epsilon, size, strides, pads }, shape } = context;
    const sign = signOf(graph, gamma);
    const { mean, variance, centred } = blockedMoments(graph, x, sign);
    moveStatistics(context, { mean, variance });
    const largest = pool(graph, "MaxPool", centred, { shape, attributes: { kernel_shape: size, strides, pads } });
    const deviation = unary(graph, "Sqrt", add(graph, variance, epsilon));
    const scale = div(graph, mul(graph, sign, gamma), deviation);
    return [channelAffine(graph, largest, { scale, shift: beta }), deviation, centred, largest];
  },
  gradient({ graph, inputs: [x, gamma], attributes: { size }, saved, dy, needs }) {
    const [deviation, centred, largest] = saved;
    const count = sizeOf(x.shape) / x.shape[1];
    const dbeta = blockedSums(graph, dy);
    const dots = blockedDots(graph, dy, largest);
    const dgamma = div(graph, mul(graph, signOf(graph, gamma), dots), deviation);
    if (!needs[0]) return [undefined, dgamma, dbeta];
    const slope = div(graph, dots, mul(graph, mul(graph, deviation, deviation), -count));
    const shift = div(graph, dbeta, -count);
    const sum = tiledMaxGradient(graph, { x: centred, y: largest, dy }, size);
    const scale = div(graph, gamma, deviation);
    return [{ ...channelAffine(graph, centred, { scale: slope, shift, sum }), scale }, dgamma, dbeta];
  },
};

/** -1 where `x` is below 0, else 1. */
function signOf(graph: Graph, x: Tensor): Tensor {
  return where(graph, greater(graph, unary(graph, "Neg", x), 0), -1, 1);
}
