import { matmul, mul, reduce, sub } from "../onnx/arithmetic.ts";
import { reshape, transpose } from "../onnx/rearrange.ts";
import type { Graph, Tensor } from "../graph.ts";
import type { Rule } from "../program.ts";

/**
 * Vaswani et al. 2017 on projected `q, k, v` `[n, t, c]`, head by head: `y = p v` with `p = softmax(q k^T / sqrt(size))`.
 * `dv = p^T dy`, `dp = dy v^T`, `ds = p (dp - sum dp p)`, `dq = ds k / sqrt(size)`, `dk = ds^T q / sqrt(size)`.
 */
export const attention: Rule<{ heads: number }> = {
  name: "attention",
  shape: ([q]) => q,
  forward({ graph, inputs, attributes: { heads } }) {
    const [q, k, v] = inputs.map((x) => cut(graph, x, heads));
    const scores = matmul(graph, q, k, { transposeB: true, alpha: 1 / Math.sqrt(q.shape[3]) });
    const p = graph.node("Softmax", [scores], scores.shape, { attributes: { axis: 3 } });
    return [join(graph, matmul(graph, p, v)), q, k, v, p];
  },
  gradient({ graph, attributes: { heads }, saved: [q, k, v, p], dy: joined }) {
    const alpha = 1 / Math.sqrt(q.shape[3]);
    const dy = cut(graph, joined, heads);
    const dp = matmul(graph, dy, v, { transposeB: true });
    const mean = reduce(graph, mul(graph, dp, p), { by: "Sum", axes: [3], keep: true });
    const ds = mul(graph, p, sub(graph, dp, mean));
    return [
      join(graph, matmul(graph, ds, k, { alpha })),
      join(graph, matmul(graph, ds, q, { transposeA: true, alpha })),
      join(graph, matmul(graph, p, dy, { transposeA: true })),
    ];
  },
};

/** `[n, t, heads size]` as `[n, heads, t, size]`. */
function cut(graph: Graph, x: Tensor, heads: number): Tensor {
  const [n, t, c] = x.shape;
  return transpose(graph, reshape(graph, x, [n, t, heads, c / heads]), [0, 2, 1, 3]);
}

/** The way back from {@linkcode cut}. */
function join(graph: Graph, x: Tensor): Tensor {
  const [n, heads, t, size] = x.shape;
  return reshape(graph, transpose(graph, x, [0, 2, 1, 3]), [n, t, heads * size]);
}
