import type { Tensor } from "../graph.ts";
import { add, matmul, mul, sub, unary } from "./arithmetic.ts";
import { reshape, slice, split, transpose } from "./rearrange.ts";
import { scan, type ScanOptions } from "./scan.ts";
import type { Replacement } from "./target.ts";

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

/** GRU (the reset gate before the product) and LSTM, node by node. */
export const recurrentReplacements = {
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
};
