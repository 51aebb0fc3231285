import { greater, mul, sumTo, where } from "../onnx/arithmetic.ts";
import type { Rule } from "../program.ts";

/** He et al. 2015: `y = x` above 0, `alpha x` below; `dx = dy` or `alpha dy`, `dalpha = sum dy x` where `x < 0`. */
export const prelu: Rule<null> = {
  name: "prelu",
  shape: ([x]) => x,
  forward: ({ graph, inputs: [x, alpha] }) => graph.node("PRelu", [x, alpha], x.shape),
  gradient({ graph, inputs: [x, alpha], dy, needs }) {
    const above = greater(graph, x, 0);
    return [
      needs[0] ? mul(graph, dy, where(graph, above, 1, alpha)) : undefined,
      needs[1] ? sumTo(graph, mul(graph, dy, where(graph, above, 0, x)), alpha.shape) : undefined,
    ];
  },
};
