import { asNumber, div, equal, mul, reduce } from "../onnx/arithmetic.ts";
import { reshape } from "../onnx/rearrange.ts";
import type { Rule } from "../program.ts";

/** The largest over all axes after the channels of `[n, c, ...]`; equals share `dy` evenly. */
export const globalMaxPool: Rule<null> = {
  name: "global_max_pool",
  shape: ([x]) => x.slice(0, 2),
  forward({ graph, inputs: [x], shape }) {
    const pooled = graph.node("GlobalMaxPool", [x], x.shape.map((extent, axis) => axis < 2 ? extent : 1));
    return reshape(graph, pooled, shape);
  },
  gradient({ graph, inputs: [x], output, dy }) {
    const ones = x.shape.slice(2).map(() => 1);
    const largest = asNumber(graph, equal(graph, x, reshape(graph, output, [...output.shape, ...ones])));
    const axes = x.shape.map((_, axis) => axis).slice(2);
    const equals = reduce(graph, largest, { by: "Sum", axes, keep: true });
    return [mul(graph, largest, div(graph, reshape(graph, dy, [...dy.shape, ...ones]), equals))];
  },
};
