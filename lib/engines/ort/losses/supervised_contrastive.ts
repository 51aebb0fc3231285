import type { Graph, Tensor } from "../graph.ts";
import { add, div, matmul, max, mul, reduce, sub, unary } from "../onnx/arithmetic.ts";
import type { ExampleLosses, LossOperands } from "./mod.ts";

/**
 * Khosla et al. 2020 (L_out): with `u = z / |z|`, `s_ij = u_i u_j / temperature` and shares `q_ij` of the partners of
 * `i`, the loss of `i` is `-sum_j q_ij log softmax_j(s_i)` over `j != i`. Its gradient: `ds_i = (sum_j q_ij) softmax(s_i) - q_i`,
 * `du = (ds + ds^T) u / temperature`, `dz = (du - u (u du)) / |z|`.
 */
export function supervisedContrastive(
  graph: Graph,
  { logits, targets }: LossOperands,
  { temperature }: { temperature: number },
): ExampleLosses {
  const [count] = logits.shape;
  const squares = reduce(graph, logits, { by: "SumSquare", axes: [1], keep: true });
  const norms = unary(graph, "Sqrt", add(graph, squares, 1e-12));
  const units = div(graph, logits, norms);
  const self = graph.constant(identity(count), [count, count], `identity ${count}`);
  const others = sub(graph, 1, self);
  const similarities = matmul(graph, units, units, { transposeB: true, alpha: 1 / temperature });
  // An example is no partner of its own: exp(-1e9) is 0.
  const apart = sub(graph, similarities, mul(graph, self, 1e9));
  const logs = graph.node("LogSoftmax", [apart], apart.shape, { attributes: { axis: 1 } });
  const partners = mul(graph, matmul(graph, targets, targets, { transposeB: true }), others);
  const total = reduce(graph, partners, { by: "Sum", axes: [1], keep: true });
  const shares = div(graph, partners, max(graph, total, 1e-12));
  const rowSum = (x: Tensor) => reduce(graph, x, { by: "Sum", axes: [1], keep: true });
  return {
    losses: unary(graph, "Neg", rowSum(mul(graph, shares, mul(graph, logs, others)))),
    gradient(share) {
      const spread = mul(graph, unary(graph, "Exp", logs), rowSum(shares));
      const ds = mul(graph, sub(graph, spread, shares), share);
      const alpha = 1 / temperature;
      const du = add(graph, matmul(graph, ds, units, { alpha }), matmul(graph, ds, units, { transposeA: true, alpha }));
      return div(graph, sub(graph, du, mul(graph, units, rowSum(mul(graph, units, du)))), norms);
    },
  };
}

function identity(count: number): Float32Array {
  return Float32Array.from({ length: count * count }, (_, at) => at % (count + 1) === 0 ? 1 : 0);
}
