import { mul, where } from "../onnx/arithmetic.ts";
import type { Shape } from "../graph.ts";
import type { Rule } from "../program.ts";

export interface DropoutAttributes {
  /** Probability of 0. */
  rate: number;
  /** Extents of the mask; an extent of 1 drops whole rows, columns or channels. */
  maskShape: Shape;
}

/** Srivastava et al. 2014: `y = x mask / (1 - rate)` in training, `y = x` after it; `dx = dy mask / (1 - rate)`. */
export const dropout: Rule<DropoutAttributes> = {
  name: "dropout",
  half: true,
  shape: ([x]) => x,
  forward({ graph, inputs: [x], attributes: { rate, maskShape }, training, noise }) {
    if (!training) return x;
    const whole = maskShape.join() === x.shape.join();
    // Random numbers need no reordering to stand beside a blocked value.
    const keep = { ...noise({ kind: "keep", rate, shape: maskShape }), blocked: whole && x.blocked };
    const scale = where(graph, keep, 1 / (1 - rate), 0);
    return [mul(graph, x, scale), scale];
  },
  gradient: ({ graph, saved: [scale], dy }) => [mul(graph, dy, scale)],
};
