import type { Graph, Tensor } from "../graph.ts";
import { add, div, mul, unary } from "../onnx/arithmetic.ts";
import { blockedDots, blockedSums, channelAffine } from "../onnx/blocked.ts";
import { sizeOf } from "../onnx/rearrange.ts";
import type { ForwardContext } from "../program.ts";

/** What the moments of a batch are, and what is left without the mean. */
export interface BatchMoments {
  /** `[c]`. */
  mean: Tensor;
  /** `[c]`, biased. */
  variance: Tensor;
  /** `sign (x - mean)`. */
  centred: Tensor;
}

/**
 * The moments of blocked `x` a channel. Takes the mean away first: the mean of squares less the square of the mean would
 * lose what large means leave of the variance.
 *
 * @param sign 1 or -1 a channel `[c]`, by which what is left is multiplied on the way; 1 where it is left out.
 */
export function blockedMoments(graph: Graph, x: Tensor, sign?: Tensor): BatchMoments {
  const channels = x.shape[1];
  const count = sizeOf(x.shape) / channels;
  const mean = div(graph, blockedSums(graph, x), count);
  const scale = sign ?? graph.constant(new Float32Array(channels).fill(1), [channels], `ones ${channels}`);
  const shift = unary(graph, "Neg", sign ? mul(graph, sign, mean) : mean);
  const centred = channelAffine(graph, x, { scale, shift });
  return { mean, variance: div(graph, blockedDots(graph, centred, centred), count), centred };
}

/** Moves the statistics, inputs 3 and 4 of a batch normalisation, towards the moments of the batch, once for each use. */
export function moveStatistics(
  { graph, attributes: { momentum }, statistic, assign }: ForwardContext<{ momentum: number }>,
  { mean, variance }: Pick<BatchMoments, "mean" | "variance">,
): void {
  const moved = (old: Tensor, batch: Tensor) => add(graph, mul(graph, old, momentum), mul(graph, batch, 1 - momentum));
  assign(3, moved(statistic(3), mean));
  assign(4, moved(statistic(4), variance));
}
