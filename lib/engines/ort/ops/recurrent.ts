import { add, asNumber, greater, matmul, mul, reduce, sub, unary } from "../onnx/arithmetic.ts";
import { concat, reshape, slice, transpose } from "../onnx/rearrange.ts";
import type { Graph, Tensor } from "../graph.ts";

export interface RecurrentAttributes {
  /** From the last step to the first. */
  backwards: boolean;
  /** All steps as `[n, t, units]`, in the order of time, or only the last one computed. */
  sequences: boolean;
  activation: Squashing;
  recurrentActivation: Squashing;
}

/** Functions whose derivative follows from their result. */
export type Squashing = "tanh" | "sigmoid" | "hardSigmoid";

/** The function as onnxruntime's recurrent nodes call it. */
export const ONNX_NAMES: Readonly<Record<Squashing, string>> = {
  tanh: "Tanh",
  sigmoid: "Sigmoid",
  hardSigmoid: "HardSigmoid",
};

export function squash(graph: Graph, name: Squashing, x: Tensor): Tensor {
  return unary(graph, ONNX_NAMES[name], x); // HardSigmoid is 0.2 x + 0.5 by default, as in Keras
}

/** The derivative where the result is `y`. */
export function slope(graph: Graph, name: Squashing, y: Tensor): Tensor {
  if (name === "tanh") return sub(graph, 1, mul(graph, y, y));
  const bell = mul(graph, y, sub(graph, 1, y));
  return name === "sigmoid" ? bell : mul(graph, asNumber(graph, greater(graph, bell, 0)), 0.2);
}

/** `[n, t, c]` as `[t, n, c]`. */
export function timeMajor(graph: Graph, x: Tensor): Tensor {
  return transpose(graph, x, [1, 0, 2]);
}

/** A node GRU or LSTM of onnxruntime on time-major `x`; the output by the attributes, and all states `[t, n, units]`. */
export function recurrentNode(
  graph: Graph,
  kind: "GRU" | "LSTM",
  { x, w, r, bias, attributes }: { x: Tensor; w: Tensor; r: Tensor; bias: Tensor; attributes: RecurrentAttributes },
): [Tensor, Tensor] {
  const { backwards, sequences, activation, recurrentActivation } = attributes;
  const [t, n] = x.shape;
  const [rows, units] = r.shape;
  const functions = kind === "GRU" ? [recurrentActivation, activation] : [recurrentActivation, activation, activation];
  const inputs = [
    x,
    reshape(graph, w, [1, ...w.shape]),
    reshape(graph, r, [1, rows, units]),
    reshape(graph, bias, [1, 2 * rows]),
  ];
  const [all, last] = graph.nodes(kind, inputs, [[t, 1, n, units], [1, n, units]], {
    attributes: {
      hidden_size: units,
      direction: backwards ? "reverse" : "forward",
      activations: functions.map((name) => ONNX_NAMES[name]),
    },
  });
  const states = reshape(graph, all, [t, n, units], 1);
  return [sequences ? transpose(graph, states, [1, 0, 2]) : reshape(graph, last, [n, units]), states];
}

/** The bias that the nodes of onnxruntime take: ours for the input, none for the state. */
export function nodeBias(graph: Graph, bias: Tensor | undefined, rows: number): Tensor {
  const zeros = graph.constant(new Float32Array(rows), [rows], `zeros ${rows}`);
  return concat(graph, [bias ?? zeros, zeros], 0);
}

/** What each step started from: the states one step earlier, and zeros for the first. */
export function earlier(graph: Graph, states: Tensor, backwards: boolean): Tensor {
  const [t, n, units] = states.shape;
  const zeros = graph.constant(new Float32Array(n * units), [1, n, units], `zeros 1 ${n} ${units}`);
  if (t === 1) return zeros;
  return backwards
    ? concat(graph, [slice(graph, states, { axes: [0], starts: [1], ends: [t] }), zeros], 0)
    : concat(graph, [zeros, slice(graph, states, { axes: [0], starts: [0], ends: [t - 1] })], 0);
}

/** `x w^T + h r^T + b` for all steps at once. */
export function preActivation(
  graph: Graph,
  { x, w, h, r, bias }: { x: Tensor; w: Tensor; h: Tensor; r: Tensor; bias: Tensor | undefined },
): Tensor {
  const sum = add(graph, matmul(graph, x, w, { transposeB: true }), matmul(graph, h, r, { transposeB: true }));
  return bias ? add(graph, sum, bias) : sum;
}

/** From the gradient `da` `[t, n, rows]` before the functions to those of `x` `[n, t, c]`, `w` and the bias. */
export function inputGradients(
  graph: Graph,
  { x, w, da, needs }: { x: Tensor; w: Tensor; da: Tensor; needs: readonly boolean[] },
): { dx: Tensor | undefined; dw: Tensor; dbias: Tensor } {
  return {
    dx: needs[0] ? transpose(graph, matmul(graph, da, w), [1, 0, 2]) : undefined,
    dw: stackedProduct(graph, da, x),
    dbias: reduce(graph, da, { by: "Sum", axes: [0, 1] }),
  };
}

/** `sum a^T b` over steps and examples. */
export function stackedProduct(graph: Graph, a: Tensor, b: Tensor): Tensor {
  const rows = (x: Tensor) => reshape(graph, x, [x.shape[0] * x.shape[1], x.shape[2]]);
  return matmul(graph, rows(a), rows(b), { transposeA: true });
}

/** `[n, units]` zeros, or the gradient of the last state; and the gradients of all states where there are any. */
export function arriving(graph: Graph, dy: Tensor, { sequences }: RecurrentAttributes) {
  if (!sequences) return { last: dy, each: [] };
  const [n, , units] = dy.shape;
  const last = graph.constant(new Float32Array(n * units), [n, units], `zeros ${n} ${units}`);
  return { last, each: [timeMajor(graph, dy)] };
}
