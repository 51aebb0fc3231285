import { z } from "zod";
import { add, div, max, mul, pow, reduce, sub, unary } from "../ort/onnx/arithmetic.ts";
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

/** The derivative of a power below 1 has a pole at 0. */
const LEAST = 1e-7;

const focalOptions = {
  /** How much less an example counts that is answered well already; 0 is cross-entropy. */
  gamma: z.number().min(0).default(2) as z.ZodDefault<z.ZodNumber>,
};

/** Hard examples count more (Lin et al. 2017), over softmax: `-sum_k t_k (1 - p_k)^gamma log p_k`. */
export const focal: LossPart<"focal", typeof focalOptions> = defineLoss({
  name: "focal",
  options: z.strictObject(focalOptions),
  tensor(logits, targets, { gamma }) {
    const logs = logits.logSoftmax();
    const rest = logs.exp().neg().add(1).maximum(LEAST);
    return targets.mul(rest.pow(gamma)).mul(logs).sum(1).neg();
  },
  graph(graph, { logits, targets }, { gamma }) {
    const logs = graph.node("LogSoftmax", [logits], logits.shape, { attributes: { axis: 1 } });
    const p = unary(graph, "Exp", logs);
    const rest = max(graph, sub(graph, 1, p), LEAST);
    const power = pow(graph, rest, gamma);
    const terms = mul(graph, targets, mul(graph, power, logs));
    return {
      losses: unary(graph, "Neg", reduce(graph, terms, { by: "Sum", axes: [1], keep: true })),
      // With h_k = t_k (g p_k (1 - p_k)^(g - 1) log p_k - (1 - p_k)^g), the derivative by log p_k: dz = h - p sum_k h_k.
      gradient(share) {
        const slope = mul(graph, mul(graph, p, mul(graph, pow(graph, rest, gamma - 1), gamma)), logs);
        const h = mul(graph, targets, sub(graph, slope, power));
        const total = reduce(graph, h, { by: "Sum", axes: [1], keep: true });
        return mul(graph, add(graph, h, unary(graph, "Neg", mul(graph, p, total))), share);
      },
    };
  },
});
