import { z } from "zod";
import { mul, reduce, sub, unary } from "../ort/onnx/arithmetic.ts";
import { defineLoss, type LossPart } from "./define_loss.ts";

/** One class of all: `-sum_k t_k log p_k` with `p = softmax(z)`, against one-hot, smoothed or mixed classes; `dz = p sum_k t_k - t`. */
export const categoricalCrossEntropy: LossPart<"categorical-cross-entropy"> = defineLoss({
  name: "categorical-cross-entropy",
  options: z.strictObject({}),
  tensor: (logits, targets) => logits.logSoftmax().mul(targets).sum(1).neg(),
  graph(graph, { logits, targets }) {
    const logs = graph.node("LogSoftmax", [logits], logits.shape, { attributes: { axis: 1 } });
    const losses = reduce(graph, mul(graph, targets, logs), { by: "Sum", axes: [1], keep: true });
    return {
      losses: unary(graph, "Neg", losses),
      gradient(share) {
        const total = reduce(graph, targets, { by: "Sum", axes: [1], keep: true });
        return mul(graph, sub(graph, mul(graph, unary(graph, "Exp", logs), total), targets), share);
      },
    };
  },
});
