import type { Tensor2D } from "@tensorflow/tfjs";
import { z } from "zod";
import { matmul, mul, reduce, sub, unary } from "../ort/onnx/arithmetic.ts";
import { concat, reshape, split } from "../ort/onnx/rearrange.ts";
import type { Graph, Tensor } from "../ort/graph.ts";
import { defineLoss, type LossPart } from "./define_loss.ts";

/**
 * Which crop is of the same recording (COLA, Saeed et al. 2021): rows `2i` and `2i + 1` of a batch are crops of one. The first
 * half of a row's outputs, `h`, is what it asks, the second, `u`, what it answers with; `s_ij = h_2i u_(2j+1) / sqrt(d)` is a
 * bilinear similarity of rank `d` of what the last layer is given, and `log sum_j exp s_ij - s_ii` the loss of a pair, which
 * its first row bears for both. An experiment with `targets` of recordings takes it by itself.
 */
export const contrastive: LossPart<"contrastive"> = defineLoss({
  name: "contrastive",
  options: z.strictObject({}),
  acrossExamples: true,
  tensor(outputs) {
    const dimension = outputs.shape[1] / 2;
    const [h, , , u] = outputs.reshape([-1, 4 * dimension]).split(4, 1) as Tensor2D[];
    const similarities = h.div<Tensor2D>(Math.sqrt(dimension)).matMul(u, false, true);
    const own = h.mul(u).sum(1).div(Math.sqrt(dimension));
    return similarities.logSumExp(1).sub(own).mul(2).expandDims(1).pad([[0, 0], [0, 1]]).flatten();
  },
  graph(graph, { logits }) {
    const { h, u, dimension, pairs } = halves(graph, logits);
    const alpha = 1 / Math.sqrt(dimension);
    const similarities = matmul(graph, h, u, { transposeB: true, alpha });
    const logs = graph.node("LogSoftmax", [similarities], similarities.shape, { attributes: { axis: 1 } });
    const own = graph.constant(identity(pairs), [pairs, pairs]);
    const losses = mul(graph, reduce(graph, mul(graph, logs, own), { by: "Sum", axes: [1], keep: true }), -2);
    const beside = (left: Tensor, right: Tensor) => concat(graph, [left, right], 1);
    const nothing = (width: number) => graph.constant(new Float32Array(pairs * width), [pairs, width]);
    return {
      losses: reshape(graph, beside(losses, nothing(1)), [2 * pairs, 1]),
      gradient(share) {
        const [first] = split(graph, reshape(graph, share, [pairs, 2]), { axis: 1, extents: [1, 1] });
        const slope = mul(graph, sub(graph, unary(graph, "Exp", logs), own), mul(graph, first, 2 * alpha));
        const asked = matmul(graph, slope, u), answered = matmul(graph, slope, h, { transposeA: true });
        const between = nothing(2 * dimension);
        return reshape(graph, beside(beside(asked, between), answered), [2 * pairs, 2 * dimension]);
      },
    };
  },
});

function halves(graph: Graph, outputs: Tensor) {
  const [count, width] = outputs.shape;
  const pairs = count / 2, dimension = width / 2;
  const rows = reshape(graph, outputs, [pairs, 4 * dimension]);
  const [h, , , u] = split(graph, rows, { axis: 1, extents: Array<number>(4).fill(dimension) });
  return { h, u, dimension, pairs };
}

function identity(size: number): Float32Array {
  return Float32Array.from({ length: size * size }, (_, at) => Number(at % (size + 1) === 0));
}
