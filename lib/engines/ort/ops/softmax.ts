import { mul, reduce, sub } from "../onnx/arithmetic.ts";
import type { Rule } from "../program.ts";

/** `y_k = e^x_k / sum_j e^x_j` along an axis; `dx = y (dy - sum_j dy_j y_j)`. */
export const softmax: Rule<{ axis: number }> = {
  name: "softmax",
  shape: ([x]) => x,
  forward: ({ graph, inputs: [x], attributes: { axis } }) =>
    graph.node("Softmax", [x], x.shape, { attributes: { axis } }),
  gradient({ graph, attributes: { axis }, output, dy }) {
    const mean = reduce(graph, mul(graph, dy, output), { by: "Sum", axes: [axis], keep: true });
    return [mul(graph, output, sub(graph, dy, mean))];
  },
};
