import { add, div, greater, matmul, mul, ones, reduce, sub, unary, where, zeros } from "../onnx/arithmetic.ts";
import { blockedDots, blockedSums, channelAffine } from "../onnx/blocked.ts";
import { reshape, sizeOf } from "../onnx/rearrange.ts";
import type { Graph, Tensor } from "../graph.ts";
import type { ForwardContext, Rule } from "../program.ts";
import { pool, type Pool2dAttributes, pooledShape, tiledMaxGradient } from "./pool2d.ts";

export interface BatchNormAttributes {
  epsilon: number;
  /** Share of the old moving statistics that a step keeps. */
  momentum: number;
  /** Whether it takes and keeps its moving statistics in training too. @default {false} */
  frozen?: boolean;
}

/**
 * Ioffe & Szegedy 2015 on `[n, c, ...]`: `y = gamma (x - mean) / sqrt(var + epsilon) + beta`, with the mean and the
 * (biased) variance of the batch in training, which also move the statistics (inputs 3 and 4).
 *
 * With `m` elements a channel, `x^ = (x - mean) / sqrt(var + epsilon)`, `dbeta = sum dy`, `dgamma = sum dy x^`:
 * `dx = gamma / sqrt(var + epsilon) (dy - dbeta / m - x^ dgamma / m)`, which is one affine map of `dy` and `x`.
 */
export const batchNorm: Rule<BatchNormAttributes> = {
  name: "batch_norm",
  forward(context) {
    const { graph, inputs, attributes: { epsilon, frozen }, training } = context;
    const [x] = inputs;
    if (!training || frozen) {
      return graph.node("BatchNormalization", inputs, x.shape, { attributes: { epsilon: { float: epsilon } } });
    }
    const [y, mean, variance, from] = x.blocked ? blockedForward(context) : [...plainForward(context), x];
    moveStatistics(context, { mean, variance });
    return [y, mean, variance, from];
  },
  gradient({ graph, inputs: [{ shape, blocked }, gamma, , , fixed], attributes, saved, dy, needs }) {
    const { epsilon, frozen } = attributes;
    const perChannel = [shape[1], ...shape.slice(2).map(() => 1)];
    if (frozen) {
      const scale = div(graph, gamma, unary(graph, "Sqrt", add(graph, fixed, epsilon)));
      return [mul(graph, dy, reshape(graph, scale, perChannel))];
    }
    // Blocked values were kept without their mean.
    const [mean, variance, x] = saved;
    const count = sizeOf(shape) / shape[1];
    const deviation = unary(graph, "Sqrt", add(graph, variance, epsilon));
    const dbeta = blocked ? blockedSums(graph, dy) : channelSums(graph, dy);
    const dots = blocked ? blockedDots(graph, dy, x) : sub(graph, channelDots(graph, dy, x), mul(graph, mean, dbeta));
    const dgamma = div(graph, dots, deviation);
    if (!needs[0]) return [undefined, dgamma, dbeta];
    // dx = scale (dy + slope (x - mean) - dbeta / count)
    const scale = div(graph, gamma, deviation);
    const slope = div(graph, dgamma, mul(graph, deviation, -count));
    const constant = div(graph, dbeta, -count);
    if (blocked) {
      return [{ ...channelAffine(graph, x, { scale: slope, shift: constant, sum: dy }), scale }, dgamma, dbeta];
    }
    const offset = sub(graph, constant, mul(graph, slope, mean));
    const fromDy = mul(graph, dy, reshape(graph, scale, perChannel));
    const fromX = affine(graph, x, mul(graph, scale, slope), mul(graph, scale, offset));
    return [add(graph, fromDy, fromX), dgamma, dbeta];
  },
};

function plainForward(
  { graph, inputs: [x, gamma, beta], attributes: { epsilon }, statistic }: ForwardContext<BatchNormAttributes>,
): Tensor[] {
  // With momentum 0 the "running" outputs are the statistics of this very batch. onnxruntime writes them over the
  // inputs 3 and 4, which therefore must not be the moving statistics themselves, nor those of another use of the layer:
  // it would make one node of equal ones.
  const buffers = [3, 4].map((index) => mul(graph, statistic(index), 0));
  return graph.nodes("BatchNormalization", [x, gamma, beta, ...buffers], [x.shape, gamma.shape, gamma.shape], {
    attributes: { epsilon: { float: epsilon }, momentum: { float: 0 }, training_mode: 1 },
  });
}

function blockedForward({ graph, inputs, attributes: { epsilon } }: ForwardContext<BatchNormAttributes>): Tensor[] {
  const [x, gamma, beta] = inputs;
  const { mean, variance, centred } = blockedMoments(graph, x);
  const scale = div(graph, gamma, unary(graph, "Sqrt", add(graph, variance, epsilon)));
  return [channelAffine(graph, centred, { scale, shift: beta }), mean, variance, centred];
}

/** `scale x + offset` a channel: onnxruntime runs it as one pass where Mul and Add would be two. */
function affine(graph: Graph, x: Tensor, scale: Tensor, offset: Tensor): Tensor {
  const inputs = [x, scale, offset, zeros(graph, x.shape[1]), ones(graph, x.shape[1])];
  return graph.node("BatchNormalization", inputs, x.shape, { attributes: { epsilon: { float: 0 } } });
}

function channelSums(graph: Graph, x: Tensor): Tensor {
  return reduce(graph, x, { by: "Sum", axes: x.shape.flatMap((_, axis) => axis === 1 ? [] : [axis]) });
}

/** `sum a b` a channel, as dot products, so that no product of full size is written. */
function channelDots(graph: Graph, a: Tensor, b: Tensor): Tensor {
  const [n, c, ...space] = a.shape;
  const inner = sizeOf(space);
  if (inner === 1) return channelSums(graph, mul(graph, a, b));
  const left = reshape(graph, a, [n, c, 1, inner]);
  const right = reshape(graph, b, [n, c, inner, 1]);
  return reduce(graph, matmul(graph, left, right), { by: "Sum", axes: [0, 2, 3] });
}

/**
 * Mean and biased variance of blocked `x` a channel, `[c]`, and `centred`, which is `sign (x - mean)`. Takes the mean away
 * first: the mean of squares less the square of the mean would lose what large means leave of the variance.
 *
 * @param sign 1 or -1 a channel `[c]`; 1 where it is left out.
 */
function blockedMoments(graph: Graph, x: Tensor, sign?: Tensor) {
  const channels = x.shape[1];
  const count = sizeOf(x.shape) / channels;
  const mean = div(graph, blockedSums(graph, x), count);
  const shift = unary(graph, "Neg", sign ? mul(graph, sign, mean) : mean);
  const centred = channelAffine(graph, x, { scale: sign ?? ones(graph, channels), shift });
  return { mean, variance: div(graph, blockedDots(graph, centred, centred), count), centred };
}

/** Moves the statistics, inputs 3 and 4 of a batch normalisation, towards the moments of the batch, once for each use. */
function moveStatistics(
  { graph, attributes: { momentum }, statistic, assign }: ForwardContext<{ momentum: number }>,
  { mean, variance }: { mean: Tensor; variance: Tensor },
): void {
  const moved = (old: Tensor, batch: Tensor) => add(graph, mul(graph, old, momentum), mul(graph, batch, 1 - momentum));
  assign(3, moved(statistic(3), mean));
  assign(4, moved(statistic(4), variance));
}

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
