import { mul, unary } from "../onnx/arithmetic.ts";
import { stepAbove0 } from "../onnx/step_above_0.ts";
import type { Rule } from "../program.ts";

/** `y = max(x, 0)`; `dx = dy` where `y > 0`, else 0. */
export const relu: Rule<null> = {
  name: "relu",
  half: true,
  shape: ([x]) => x,
  forward: ({ graph, inputs: [x] }) => unary(graph, "Relu", x),
  gradient: ({ graph, output, dy }) => [mul(graph, dy, stepAbove0(graph, output))],
};
