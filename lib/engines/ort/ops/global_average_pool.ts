import { div } from "../onnx/arithmetic.ts";
import { blockedNode, memoryAs } from "../onnx/blocked.ts";
import { reshape, sizeOf } from "../onnx/rearrange.ts";
import type { Rule } from "../program.ts";

/** The mean over all axes after the channels of `[n, c, ...]`; each of the `m` elements gets `dy / m`. */
export const globalAveragePool: Rule<null> = {
  name: "global_average_pool",
  shape: ([x]) => x.slice(0, 2),
  forward({ graph, inputs: [x], shape }) {
    const [n, c, ...space] = x.shape;
    const kept = [n, c, ...space.map(() => 1)];
    if (!x.blocked) return reshape(graph, graph.node("GlobalAveragePool", [x], kept), shape);
    // With one element a channel, blocked and plain order are the same.
    return memoryAs(graph, blockedNode(graph, "GlobalAveragePool", [x], { shape: kept, attributes: {} }), shape);
  },
  gradient({ graph, inputs: [x], dy }) {
    const share = div(graph, dy, sizeOf(x.shape.slice(2)));
    const [n, c, h, w] = x.shape;
    if (x.blocked) {
      const { block } = graph;
      const each = memoryAs(graph, share, [n * c / block, 1, block]);
      const extents = [n * c / block, h * w, block];
      return [
        memoryAs(graph, graph.node("Expand", [each, graph.integers(extents)], extents), x.shape, { blocked: true }),
      ];
    }
    const kept = reshape(graph, share, [...dy.shape, ...x.shape.slice(2).map(() => 1)]);
    return [graph.node("Expand", [kept, graph.integers(x.shape)], x.shape)];
  },
};
