import type { Graph } from "../graph.ts";
import { div, mul, reduce, sub, unary } from "../onnx/arithmetic.ts";
import type { ExampleLosses, LossOperands } from "./mod.ts";
import { smoothTargets } from "./smooth_targets.ts";

/** `mean_k (softplus(z_k) - t_k z_k)`; `dz = (sigmoid(z) - t) / outputs`. */
export function binaryCrossEntropy(
  graph: Graph,
  { logits, targets }: LossOperands,
  { labelSmoothing }: { labelSmoothing?: number },
): ExampleLosses {
  const t = smoothTargets(graph, targets, { smoothing: labelSmoothing, classes: 2 });
  const terms = sub(graph, unary(graph, "Softplus", logits), mul(graph, t, logits));
  return {
    losses: reduce(graph, terms, { by: "Mean", axes: [1], keep: true }),
    gradient: (share) => mul(graph, sub(graph, unary(graph, "Sigmoid", logits), t), div(graph, share, logits.shape[1])),
  };
}
