import { add, matmul, reduce } from "../onnx/arithmetic.ts";
import { ELEMENT_TYPES } from "../onnx/model.ts";
import { reshape, sizeOf } from "../onnx/rearrange.ts";
import type { Rule } from "../program.ts";
import type { LayerRule } from "./layer_rule.ts";

/** `y = x w + b` over the last axis: `dx = dy w^T`, `dw = x^T dy`, `db = sum dy`. */
export const dense: Rule<null> = {
  name: "dense",
  half: true,
  shape: ([x, w]) => [...x.slice(0, -1), w[1]],
  forward({ graph, inputs: [x, w, b], shape }) {
    if (b && x.shape.length === 2) return graph.node("Gemm", [x, w, b], shape);
    const y = matmul(graph, x, w);
    return b ? add(graph, y, b) : y;
  },
  gradient({ graph, inputs: [x, w], dy, needs }) {
    const rows = sizeOf(x.shape.slice(0, -1));
    const flatX = reshape(graph, x, [rows, w.shape[0]]);
    const flatDy = reshape(graph, dy, [rows, w.shape[1]]);
    // Sums over all examples are more than float16 can add up.
    return [
      needs[0] ? matmul(graph, dy, w, { transposeB: true }) : undefined,
      needs[1] ? graph.exactly(() => matmul(graph, flatX, flatDy, { transposeA: true })) : undefined,
      needs[2] ? graph.exactly(() => reduce(graph, flatDy, { by: "Sum", axes: [0] })) : undefined,
    ];
  },
};

/** Rows of a table `[words, size]` by their numbers; `dtable[k]` is the sum of `dy` where `x = k`: a product with one-hot rows. */
const embedding: Rule<null> = {
  name: "embedding",
  shape: ([x, [, size]]) => [...x, size],
  forward({ graph, inputs: [x, table], shape }) {
    const numbers = graph.node("Cast", [x], x.shape, { attributes: { to: ELEMENT_TYPES.int64 }, type: "int64" });
    return [graph.node("Gather", [table, numbers], shape, { attributes: { axis: 0 } }), numbers];
  },
  gradient({ graph, inputs: [x, table], saved: [numbers], dy, needs }) {
    if (!needs[1]) return [undefined, undefined];
    const [words, size] = table.shape;
    const rows = sizeOf(x.shape);
    const flat = reshape(graph, numbers, [rows]);
    const ends = graph.constant(Float32Array.of(0, 1), [2], "off and on");
    const given = [flat, graph.integers([words]), ends];
    const oneHot = graph.node("OneHot", given, [rows, words], { attributes: { axis: -1 } });
    return [undefined, matmul(graph, oneHot, reshape(graph, dy, [rows, size]), { transposeA: true })];
  },
};

export const denseLayers: Readonly<Record<string, LayerRule>> = {
  Dense: ({ config, weight, apply, channelsLast, last, activate }) => {
    const bias = weight("bias");
    const inputs = [channelsLast(), weight("kernel")!];
    return activate(last(apply(dense, bias ? [...inputs, bias] : inputs, null)), config.activation);
  },
  Embedding: ({ config, weight, apply, channelsLast, last, refuse }) => {
    if (config.maskZero) return refuse("maskZero");
    return last(apply(embedding, [channelsLast(), weight("embeddings")!], null));
  },
};
