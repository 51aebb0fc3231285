import type { Graph } from "../graph.ts";
import { add, max, mul, pow, reduce, sub, unary } from "../onnx/arithmetic.ts";
import type { ExampleLosses, LossOperands } from "./mod.ts";

/**
 * Lin et al. 2017 over softmax: `-sum_k t_k (1 - p_k)^g log p_k`. With `h_k = t_k (g p_k (1 - p_k)^(g - 1) log p_k -
 * (1 - p_k)^g)`, the derivative with respect to `log p_k`: `dz = h - p sum_k h_k`.
 */
export function focal(graph: Graph, { logits, targets }: LossOperands, { gamma }: { gamma: number }): ExampleLosses {
  const logs = graph.node("LogSoftmax", [logits], logits.shape, { attributes: { axis: 1 } });
  const p = unary(graph, "Exp", logs);
  // Kept above 0: the derivative of a power below 1 has a pole there.
  const rest = max(graph, sub(graph, 1, p), 1e-7);
  const power = pow(graph, rest, gamma);
  const terms = mul(graph, targets, mul(graph, power, logs));
  return {
    losses: unary(graph, "Neg", reduce(graph, terms, { by: "Sum", axes: [1], keep: true })),
    gradient(share) {
      const slope = mul(graph, mul(graph, p, mul(graph, pow(graph, rest, gamma - 1), gamma)), logs);
      const h = mul(graph, targets, sub(graph, slope, power));
      const total = reduce(graph, h, { by: "Sum", axes: [1], keep: true });
      return mul(graph, add(graph, h, unary(graph, "Neg", mul(graph, p, total))), share);
    },
  };
}
