import { reduce } from "../onnx/arithmetic.ts";
import { concat, reshape } from "../onnx/rearrange.ts";
import type { Rule } from "../program.ts";

/** `[n, c]` as `[n, times, c]`; `dx` is the sum of `dy` over the copies. */
export const repeat: Rule<{ times: number }> = {
  name: "repeat",
  shape: ([[n, c]], { times }) => [n, times, c],
  forward({ graph, inputs: [x], attributes: { times } }) {
    const [n, c] = x.shape;
    return concat(graph, Array.from({ length: times }, () => reshape(graph, x, [n, 1, c])), 1);
  },
  gradient: ({ graph, dy }) => [reduce(graph, dy, { by: "Sum", axes: [1] })],
};
