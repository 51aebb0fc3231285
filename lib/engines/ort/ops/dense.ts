import { add, matmul, reduce } from "../onnx/arithmetic.ts";
import { reshape, sizeOf } from "../onnx/rearrange.ts";
import type { Rule } from "../program.ts";

/** `y = x w + b` over the last axis: `dx = dy w^T`, `dw = x^T dy`, `db = sum dy`. */
export const dense: Rule<null> = {
  name: "dense",
  half: true,
  shape: ([x, w]) => [...x.slice(0, -1), w[1]],
  forward({ graph, inputs: [x, w, b] }) {
    if (b && x.shape.length === 2) return graph.node("Gemm", [x, w, b], [x.shape[0], w.shape[1]]);
    const y = matmul(graph, x, w);
    return b ? add(graph, y, b) : y;
  },
  gradient({ graph, inputs: [x, w], dy, needs }) {
    const rows = sizeOf(x.shape.slice(0, -1));
    const flatX = reshape(graph, x, [rows, w.shape[0]]);
    const flatDy = reshape(graph, dy, [rows, w.shape[1]]);
    // As in conv2d.
    return [
      needs[0] ? matmul(graph, dy, w, { transposeB: true }) : undefined,
      needs[1] ? graph.exactly(() => matmul(graph, flatX, flatDy, { transposeA: true })) : undefined,
      needs[2] ? graph.exactly(() => reduce(graph, flatDy, { by: "Sum", axes: [0] })) : undefined,
    ];
  },
};
