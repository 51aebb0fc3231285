import { z } from "zod";
import { div, mul, reduce, sub, unary } from "../ort/onnx/arithmetic.ts";
import { defineLoss, type LossPart } from "./define_loss.ts";

/**
 * Each class against all others: `mean_k (softplus(z_k) - t_k z_k)`, which neither overflows nor takes the logarithm of 0;
 * `dz = (sigmoid(z) - t) / outputs`.
 */
export const binaryCrossEntropy: LossPart<"binary-cross-entropy"> = defineLoss({
  name: "binary-cross-entropy",
  options: z.strictObject({}),
  independent: true,
  tensor: (logits, targets) => logits.softplus().sub(targets.mul(logits)).mean(1),
  graph(graph, { logits, targets }) {
    const terms = sub(graph, unary(graph, "Softplus", logits), mul(graph, targets, logits));
    return {
      losses: reduce(graph, terms, { by: "Mean", axes: [1], keep: true }),
      gradient: (share) =>
        mul(graph, sub(graph, unary(graph, "Sigmoid", logits), targets), div(graph, share, logits.shape[1])),
    };
  },
});
