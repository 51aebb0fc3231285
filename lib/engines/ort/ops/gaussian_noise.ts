import { add, mul } from "../onnx/arithmetic.ts";
import type { Rule } from "../program.ts";

/** `y = x + deviation n` with normal `n` in training; `dx = dy`. */
export const gaussianNoise: Rule<{ deviation: number }> = {
  name: "gaussian_noise",
  shape: ([x]) => x,
  forward({ graph, inputs: [x], attributes: { deviation }, training, noise }) {
    if (!training) return x;
    return add(graph, x, mul(graph, noise({ kind: "normal", rate: 0, shape: x.shape }), deviation));
  },
  gradient: ({ dy }) => [dy],
};

/** Srivastava et al. 2014, section 10: `y = x (1 + deviation n)` in training; `dx = dy (1 + deviation n)`. */
export const gaussianDropout: Rule<{ deviation: number }> = {
  name: "gaussian_dropout",
  shape: ([x]) => x,
  forward({ graph, inputs: [x], attributes: { deviation }, training, noise }) {
    if (!training) return x;
    const factor = add(graph, mul(graph, noise({ kind: "normal", rate: 0, shape: x.shape }), deviation), 1);
    return [mul(graph, x, factor), factor];
  },
  gradient: ({ graph, saved: [factor], dy }) => [mul(graph, dy, factor)],
};
