import { mul, reduce, sub, sumTo } from "../onnx/arithmetic.ts";
import type { Rule } from "../program.ts";

/**
 * Ba et al. 2016 over the last axis: `y = gamma x^ + beta` with `x^ = (x - mean) r`, `r = 1 / sqrt(var + epsilon)`. With
 * `g = gamma dy`: `dx = r (g - mean(g) - x^ mean(g x^))`, `dgamma = sum dy x^`, `dbeta = sum dy`.
 */
export const layerNorm: Rule<{ epsilon: number }> = {
  name: "layer_norm",
  shape: ([x]) => x,
  forward({ graph, inputs, attributes: { epsilon } }) {
    const [{ shape }] = inputs;
    const kept = [...shape.slice(0, -1), 1];
    const attributes = { axis: -1, epsilon: { float: epsilon } };
    const [y, mean, factor] = graph.nodes("LayerNormalization", inputs, [shape, kept, kept], { attributes });
    return [y, mean, factor];
  },
  gradient({ graph, inputs: [x, gamma, beta], saved: [mean, factor], dy, needs }) {
    const axes = [x.shape.length - 1];
    const average = (t: typeof x) => reduce(graph, t, { by: "Mean", axes, keep: true });
    const normal = mul(graph, sub(graph, x, mean), factor);
    const g = mul(graph, dy, gamma);
    const along = mul(graph, normal, average(mul(graph, g, normal)));
    return [
      needs[0] ? mul(graph, factor, sub(graph, sub(graph, g, average(g)), along)) : undefined,
      needs[1] ? sumTo(graph, mul(graph, dy, normal), gamma.shape) : undefined,
      needs[2] ? sumTo(graph, dy, beta.shape) : undefined,
    ];
  },
};
