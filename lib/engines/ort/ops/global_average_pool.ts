import { div } from "../onnx/arithmetic.ts";
import { reshape, sizeOf } from "../onnx/rearrange.ts";
import type { Rule } from "../program.ts";

/** The mean over all axes after the channels of `[n, c, ...]`; each of the `m` elements gets `dy / m`. */
export const globalAveragePool: Rule<null> = {
  name: "global_average_pool",
  shape: ([x]) => x.slice(0, 2),
  forward({ graph, inputs: [x], shape }) {
    const pooled = graph.node("GlobalAveragePool", [x], x.shape.map((extent, axis) => axis < 2 ? extent : 1));
    return reshape(graph, pooled, shape);
  },
  gradient({ graph, inputs: [x], dy }) {
    const share = div(graph, dy, sizeOf(x.shape.slice(2)));
    const kept = reshape(graph, share, [...dy.shape, ...x.shape.slice(2).map(() => 1)]);
    return [graph.node("Expand", [kept, graph.integers(x.shape)], x.shape)];
  },
};
