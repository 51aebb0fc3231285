import type { Graph } from "../graph.ts";
import { mul, reduce, sub, unary } from "../onnx/arithmetic.ts";
import type { ExampleLosses, LossOperands } from "./mod.ts";
import { smoothTargets } from "./smooth_targets.ts";

/** `-sum_k t_k log p_k` with `p = softmax(z)`; `dz = p sum_k t_k - t`. */
export function categoricalCrossEntropy(
  graph: Graph,
  { logits, targets }: LossOperands,
  { labelSmoothing }: { labelSmoothing?: number },
): ExampleLosses {
  const t = smoothTargets(graph, targets, { smoothing: labelSmoothing, classes: targets.shape[1] });
  const logs = graph.node("LogSoftmax", [logits], logits.shape, { attributes: { axis: 1 } });
  const losses = reduce(graph, mul(graph, t, logs), { by: "Sum", axes: [1], keep: true });
  return {
    losses: unary(graph, "Neg", losses),
    gradient(share) {
      const total = reduce(graph, t, { by: "Sum", axes: [1], keep: true });
      return mul(graph, sub(graph, mul(graph, unary(graph, "Exp", logs), total), t), share);
    },
  };
}
