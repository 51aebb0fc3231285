import { flip } from "../onnx/rearrange.ts";
import type { Rule } from "../program.ts";

/** `x` backwards along an axis; `dx` is `dy` backwards. */
export const reverse: Rule<{ axis: number }> = {
  name: "reverse",
  half: true,
  shape: ([x]) => x,
  forward: ({ graph, inputs: [x], attributes: { axis } }) => flip(graph, x, [axis]),
  gradient: ({ graph, attributes: { axis }, dy }) => [flip(graph, dy, [axis])],
};
