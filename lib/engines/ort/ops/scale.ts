import { mul } from "../onnx/arithmetic.ts";
import type { Rule } from "../program.ts";

/** `y = factor x`; `dx = factor dy`. */
export const scale: Rule<{ factor: number }> = {
  name: "scale",
  shape: ([x]) => x,
  forward: ({ graph, inputs: [x], attributes: { factor } }) => mul(graph, x, factor),
  gradient: ({ graph, attributes: { factor }, dy }) => [mul(graph, dy, factor)],
};
