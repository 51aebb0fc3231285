import { matmul } from "../onnx/arithmetic.ts";
import { reshape, sizeOf } from "../onnx/rearrange.ts";
import type { Rule } from "../program.ts";

/** Rows of a table `[words, size]` by their numbers; `dtable[k]` is the sum of `dy` where `x = k`: a product with one-hot rows. */
export const embedding: Rule<null> = {
  name: "embedding",
  shape: ([x, [, size]]) => [...x, size],
  forward({ graph, inputs: [x, table], shape }) {
    const numbers = graph.node("Cast", [x], x.shape, { attributes: { to: 7 }, type: "int64" });
    return [graph.node("Gather", [table, numbers], shape, { attributes: { axis: 0 } }), numbers];
  },
  gradient({ graph, inputs: [x, table], saved: [numbers], dy, needs }) {
    if (!needs[1]) return [undefined, undefined];
    const [words, size] = table.shape;
    const rows = sizeOf(x.shape);
    const flat = reshape(graph, numbers, [rows]);
    const ends = graph.constant(Float32Array.of(0, 1), [2], "off and on");
    const oneHot = graph.node("OneHot", [flat, graph.integers([words]), ends], [rows, words], {
      attributes: { axis: -1 },
    });
    return [undefined, matmul(graph, oneHot, reshape(graph, dy, [rows, size]), { transposeA: true })];
  },
};
