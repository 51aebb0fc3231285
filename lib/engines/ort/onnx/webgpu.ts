import type { Graph, Tensor } from "../graph.ts";
import { add, asNumber, div, equal, greater, matmul, mul, reduce, sub, unary } from "./arithmetic.ts";
import { type Attribute, ELEMENT_TYPES } from "./model.ts";
import { pad, reshape, slice, split, transpose } from "./rearrange.ts";
import { scan, type ScanOptions } from "./scan.ts";
import type { Replacement, Target } from "./target.ts";

/** A shader sees 8 buffers on every card: the input and so many outputs. */
const MOST_PARTS = 7;

const float = (attribute: Attribute) => (attribute as { float: number }).float;

function turned(graph: Graph, x: Tensor): Tensor {
  const axes = x.shape.map((_, axis) => axis);
  return transpose(graph, x, [...axes.slice(0, -2), axes.length - 1, axes.length - 2]);
}

function sumOneByOne(graph: Graph, terms: readonly Tensor[]): Tensor {
  return terms.reduce((total, term) => add(graph, total, term));
}

/** What the cells of a recurrent node stand on. */
interface Recurrence {
  /** Extents of a gate. */
  units: number;
  functions: readonly string[];
  /** Rows `from` to `to`, in units, of the matrix of the state, turned. */
  state(from: number, to: number): Tensor;
  /** The same rows of the input's product with its matrix, for all steps: `[t, n, rows]`. */
  input(from: number, to: number): Tensor;
}

/** A recurrent node of ONNX, direction `forward` or `reverse`, by a loop over its cell; the first `states` are zeros. */
function spelledOut(
  states: number,
  cellOf: (recurrence: Recurrence) => Pick<ScanOptions, "sequences" | "step">,
): Replacement {
  return (graph, [x, w, r, bias], { shapes: [[t, , n, units]], attributes }) => {
    const [, rows] = r.shape;
    const [kernel, recurrent] = [w, r].map((matrix) =>
      transpose(graph, reshape(graph, matrix, matrix.shape.slice(1)), [1, 0])
    );
    const rowsOf = (matrix: Tensor, at: number) => slice(graph, matrix, { axes: [0], starts: [at], ends: [at + 1] });
    const biases = reshape(graph, bias, [2, rows]);
    const both = add(graph, rowsOf(biases, 0), rowsOf(biases, 1));
    const products = add(graph, matmul(graph, x, kernel), reshape(graph, both, [rows]));
    const cut = (matrix: Tensor, axis: number) => (from: number, to: number) =>
      slice(graph, matrix, { axes: [axis], starts: [from * units], ends: [to * units] });
    const input = cut(products, 2);
    const functions = attributes.activations as string[];
    const cell = cellOf({ units, functions, state: cut(recurrent, 1), input });
    // Made from the input, whose number of examples may be free.
    const none = mul(graph, reshape(graph, rowsOf(input(0, 1), 0), [n, units]), 0);
    const backwards = attributes.direction === "reverse";
    const [all] = scan(graph, { name: "cells", initial: new Array(states).fill(none), backwards, ...cell });
    return [reshape(graph, all, [t, 1, n, units], 2), rowsOf(all, backwards ? 0 : t - 1)];
  };
}

/** A graphics card through WebGPU: what onnxruntime 1.30 lacks there, out of what it has. */
export const WEBGPU: Target = {
  provider: "webgpu",
  loops: false,
  instead: {
    // With batch statistics, which it gives out instead of moved ones: momentum is 0.
    BatchNormalization(graph, [x, gamma, beta], { attributes: { training_mode, epsilon } }) {
      if (training_mode !== 1) return undefined;
      const axes = x.shape.map((_, axis) => axis).filter((axis) => axis !== 1);
      const mean = reduce(graph, x, { by: "Mean", axes, keep: true });
      const centred = sub(graph, x, mean);
      const variance = reduce(graph, mul(graph, centred, centred), { by: "Mean", axes, keep: true });
      const deviation = unary(graph, "Sqrt", add(graph, variance, float(epsilon)));
      const scale = div(graph, reshape(graph, gamma, mean.shape), deviation);
      const y = add(graph, mul(graph, centred, scale), reshape(graph, beta, mean.shape));
      return [y, reshape(graph, mean, gamma.shape), reshape(graph, variance, gamma.shape)];
    },
    // Whole numbers of 32 bits stand for those of 64, on which few shaders work.
    Cast(graph, [x], { shapes: [shape], attributes: { to } }) {
      if (to !== ELEMENT_TYPES.int64) return undefined;
      return [graph.node("Cast", [x], shape, { attributes: { to: ELEMENT_TYPES.int32 }, type: "int32" })];
    },
    // Of 6, 9, … channels, which it takes by threes, onnxruntime 1.30 makes something else: they are filled up with zeros.
    Conv(graph, [x, w, ...bias], { shapes, attributes }) {
      const [filters, channels] = w.shape;
      const wrong = channels > 3 && channels % 3 === 0 && channels % 4 !== 0 && filters % 4 === 0;
      if (!wrong || (attributes.group ?? 1) !== 1) return undefined;
      const around = { before: [0, 0, 0, 0], after: [0, 4 - channels % 4, 0, 0] };
      return [graph.node("Conv", [pad(graph, x, around), pad(graph, w, around), ...bias], shapes[0], { attributes })];
    },
    // With several inputs a group, onnxruntime 1.30 computes something else there: the first of all groups, the second, …
    ConvTranspose(graph, [x, w], { shapes, attributes }) {
      const groups = attributes.group as number ?? 1;
      const inputs = x.shape[1] / groups;
      if (groups === 1 || inputs === 1) return undefined;
      const parts = Array.from({ length: inputs }, (_, at) => {
        const every = (tensor: Tensor, axis: number) =>
          slice(graph, tensor, { axes: [axis], starts: [at], ends: [x.shape[1]], steps: [inputs] });
        return graph.node("ConvTranspose", [every(x, 1), every(w, 0)], shapes[0], { attributes });
      });
      return [sumOneByOne(graph, parts)];
    },
    FusedMatMul(graph, [a, b], { attributes: { transA, transB, alpha } }) {
      const product = matmul(graph, transA ? turned(graph, a) : a, transB ? turned(graph, b) : b);
      return [float(alpha) === 1 ? product : mul(graph, product, float(alpha))];
    },
    // The reset gate before the product.
    GRU: spelledOut(1, ({ units, functions: [gate, inner], state, input }) => {
      const [toGates, toCandidate] = [state(0, 2), state(2, 3)];
      return {
        sequences: [input(0, 2), input(2, 3)],
        step(body, [h], [gates, candidate]) {
          const both = unary(body, gate, add(body, gates, matmul(body, h, toGates)));
          const [z, r] = split(body, both, { axis: 1, extents: [units, units] });
          const g = unary(body, inner, add(body, candidate, matmul(body, mul(body, r, h), toCandidate)));
          const next = add(body, mul(body, z, h), mul(body, sub(body, 1, z), g));
          return { states: [next], outputs: [next] };
        },
      };
    }),
    // One that is so steep that it is a step: its product would be infinite, of which a shader may make anything.
    HardSigmoid: (graph, [x], { attributes: { alpha } }) =>
      alpha !== undefined && float(alpha) > 1e30 ? [asNumber(graph, greater(graph, x, 0))] : undefined,
    LSTM: spelledOut(2, ({ units, functions: [gate, inner, outer], state, input }) => {
      const toAll = state(0, 4);
      return {
        sequences: [input(0, 4)],
        step(body, [h, c], [item]) {
          const all = add(body, item, matmul(body, h, toAll));
          const [i, o, f, g] = split(body, all, { axis: 1, extents: [units, units, units, units] });
          const sigmoid = (x: Tensor) => unary(body, gate, x);
          const next = add(body, mul(body, sigmoid(f), c), mul(body, sigmoid(i), unary(body, inner, g)));
          const out = mul(body, sigmoid(o), unary(body, outer, next));
          return { states: [out, next], outputs: [out] };
        },
      };
    }),
    LogSoftmax(graph, [x], { attributes: { axis } }) {
      const over = { axes: [(axis as number + x.shape.length) % x.shape.length], keep: true };
      const below = sub(graph, x, reduce(graph, x, { by: "Max", ...over }));
      const sum = reduce(graph, unary(graph, "Exp", below), { by: "Sum", ...over });
      return [sub(graph, below, unary(graph, "Log", sum))];
    },
    // Of 0 and 1, over a last axis.
    OneHot(graph, [numbers], { shapes: [[rows, words]] }) {
      const column = reshape(graph, asNumber(graph, numbers), [rows, 1]);
      const all = graph.constant(Float32Array.from({ length: words }, (_, i) => i), [1, words], `0 to ${words}`);
      return [asNumber(graph, equal(graph, column, all))];
    },
    Selu: (graph, [x], { attributes: { alpha, gamma } }) => [
      mul(graph, unary(graph, "Elu", x, { alpha }), float(gamma)),
    ],
    Sign(graph, [x]) {
      const above = (value: Tensor) => asNumber(graph, greater(graph, value, 0));
      return [sub(graph, above(x), above(unary(graph, "Neg", x)))];
    },
    Softsign: (graph, [x]) => [div(graph, x, add(graph, unary(graph, "Abs", x), 1))],
    Split(graph, [x], { shapes, attributes }) {
      if (shapes.length <= MOST_PARTS) return undefined;
      const axes = [attributes.axis as number];
      let at = 0;
      return shapes.map((shape) => slice(graph, x, { axes, starts: [at], ends: [at += shape[axes[0]]] }));
    },
    Sum: (graph, terms) => [sumOneByOne(graph, terms)],
  },
};
