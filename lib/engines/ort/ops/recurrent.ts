import type { Graph, Tensor } from "../graph.ts";
import { add, matmul, reduce, unary, zeros } from "../onnx/arithmetic.ts";
import { concat, reshape, slice, transpose } from "../onnx/rearrange.ts";
import { scan, type ScanStep } from "../onnx/scan.ts";
import type { Rule } from "../program.ts";
import { FORMULAS } from "./activations.ts";

export interface RecurrentAttributes {
  /** From the last step to the first. */
  backwards: boolean;
  /** All steps as `[n, t, units]`, in the order of time, or only the last one computed. */
  sequences: boolean;
  activation: Squashing;
  recurrentActivation: Squashing;
}

/** Functions whose derivative follows from their result, as onnxruntime's recurrent nodes call them. */
const ONNX_NAMES = { tanh: "Tanh", sigmoid: "Sigmoid", hardSigmoid: "HardSigmoid" } as const;
export type Squashing = keyof typeof ONNX_NAMES;

export function squash(graph: Graph, name: Squashing, x: Tensor): Tensor {
  return unary(graph, ONNX_NAMES[name], x); // HardSigmoid is 0.2 x + 0.5 by default, as in Keras
}

/** The derivative where the result is `y`. */
export function slope(graph: Graph, name: Squashing, y: Tensor): Tensor {
  const [, derivative] = FORMULAS[name === "hardSigmoid" ? "hard_sigmoid" : name];
  return derivative(graph, { x: y, y });
}

/** What the gradient of a cell starts from, all in the order of time. */
export interface CellBackwards {
  graph: Graph;
  attributes: RecurrentAttributes;
  w: Tensor;
  r: Tensor;
  bias: Tensor | undefined;
  /** `[t, n, c]`. */
  x: Tensor;
  /** What each step started from, `[t, n, units]`: the states one step earlier, and zeros for the first. */
  before: Tensor;
  /** Begins the names of loops. */
  name: string;
  /**
   * Goes through the steps from the last computed to the first. `step` gets the gradient `dh` of each state and gives that of
   * the state before as the first of its states.
   */
  walk(options: {
    /** What else the last step starts from. */
    initial?: readonly Tensor[];
    sequences: readonly Tensor[];
    step(body: Graph, dh: Tensor, states: readonly Tensor[], items: readonly Tensor[]): ScanStep;
  }): Tensor;
}

/**
 * A recurrent layer on `x` `[n, t, c]` with `w` `[gates units, c]`, `r` `[gates units, units]` and a bias.
 *
 * @param onnxOrder Rows of `w`, `r` and the bias as the nodes of onnxruntime want them.
 * @param cell The gradients `da` `[t, n, rows]` before the functions of the gates, and `dr`.
 */
export function recurrent(
  kind: "GRU" | "LSTM",
  onnxOrder: (graph: Graph, rows: Tensor, units: number) => Tensor,
  cell: (context: CellBackwards) => { da: Tensor; dr: Tensor },
): Rule<RecurrentAttributes> {
  return {
    name: kind.toLowerCase(),
    shape: ([[n, t], , [, units]], { sequences }) => sequences ? [n, t, units] : [n, units],
    forward({ graph, inputs: [x, ...matrices], attributes }) {
      const steps = timeMajor(graph, x);
      const [w, r, bias] = matrices.map((rows) => onnxOrder(graph, rows, matrices[1].shape[1]));
      const [y, states] = recurrentNode(graph, kind, { x: steps, w, r, bias, attributes });
      return [y, steps, states];
    },
    gradient({ graph, inputs: [, w, r, bias], attributes, saved: [x, states], output, dy, needs }) {
      const { backwards, sequences: all } = attributes;
      const { da, dr } = cell({
        ...{ graph, attributes, w, r, bias, x, name: output.name },
        before: earlier(graph, states, backwards),
        walk({ initial = [], sequences, step }) {
          const [n, units] = [x.shape[1], r.shape[1]];
          const last = all ? zeros(graph, n, units) : dy;
          const [gradients] = scan(graph, {
            name: `${output.name} backwards`,
            initial: [last, ...initial],
            sequences: [...sequences, ...all ? [timeMajor(graph, dy)] : []],
            backwards: !backwards,
            step(body, [carried, ...states], items) {
              return step(body, all ? add(body, carried, items.at(-1)!) : carried, states, items);
            },
          });
          return gradients;
        },
      });
      const dx = needs[0] ? timeMajor(graph, matmul(graph, da, w)) : undefined;
      return [dx, stackedProduct(graph, da, x), dr, reduce(graph, da, { by: "Sum", axes: [0, 1] })];
    },
  };
}

/** `[n, t, c]` as `[t, n, c]`, and back. */
function timeMajor(graph: Graph, x: Tensor): Tensor {
  return transpose(graph, x, [1, 0, 2]);
}

/** A node GRU or LSTM of onnxruntime on time-major `x`; the output by the attributes, and all states `[t, n, units]`. */
function recurrentNode(
  graph: Graph,
  kind: "GRU" | "LSTM",
  { x, w, r, bias, attributes }: {
    x: Tensor;
    w: Tensor;
    r: Tensor;
    bias: Tensor | undefined;
    attributes: RecurrentAttributes;
  },
): [Tensor, Tensor] {
  const { backwards, sequences, activation, recurrentActivation } = attributes;
  const [t, n] = x.shape;
  const [rows, units] = r.shape;
  const functions = kind === "GRU" ? [recurrentActivation, activation] : [recurrentActivation, activation, activation];
  const none = zeros(graph, rows); // there is no second bias, for the state
  const inputs = [
    x,
    reshape(graph, w, [1, ...w.shape]),
    reshape(graph, r, [1, rows, units]),
    reshape(graph, concat(graph, [bias ?? none, none], 0), [1, 2 * rows]),
  ];
  const [all, last] = graph.nodes(kind, inputs, [[t, 1, n, units], [1, n, units]], {
    attributes: {
      hidden_size: units,
      direction: backwards ? "reverse" : "forward",
      activations: functions.map((name) => ONNX_NAMES[name]),
    },
  });
  const states = reshape(graph, all, [t, n, units], 1);
  return [sequences ? timeMajor(graph, states) : reshape(graph, last, [n, units]), states];
}

/** What each step started from: the values one step earlier, and zeros for the first. */
export function earlier(graph: Graph, states: Tensor, backwards: boolean): Tensor {
  const [t, n, units] = states.shape;
  const first = zeros(graph, 1, n, units);
  if (t === 1) return first;
  return backwards
    ? concat(graph, [slice(graph, states, { axes: [0], starts: [1], ends: [t] }), first], 0)
    : concat(graph, [first, slice(graph, states, { axes: [0], starts: [0], ends: [t - 1] })], 0);
}

/** `x w^T + h r^T + b` for all steps at once. */
export function preActivation(
  graph: Graph,
  { x, w, h, r, bias }: { x: Tensor; w: Tensor; h: Tensor; r: Tensor; bias: Tensor | undefined },
): Tensor {
  const sum = add(graph, matmul(graph, x, w, { transposeB: true }), matmul(graph, h, r, { transposeB: true }));
  return bias ? add(graph, sum, bias) : sum;
}

/** `sum a^T b` over steps and examples. */
export function stackedProduct(graph: Graph, a: Tensor, b: Tensor): Tensor {
  const rows = (x: Tensor) => reshape(graph, x, [x.shape[0] * x.shape[1], x.shape[2]]);
  return matmul(graph, rows(a), rows(b), { transposeA: true });
}
