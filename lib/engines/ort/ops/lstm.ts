import { add, matmul, mul, unary } from "../onnx/arithmetic.ts";
import { concat, split } from "../onnx/rearrange.ts";
import { scan } from "../onnx/scan.ts";
import type { Graph, Tensor } from "../graph.ts";
import type { Rule } from "../program.ts";
import {
  arriving,
  earlier,
  inputGradients,
  nodeBias,
  preActivation,
  type RecurrentAttributes,
  recurrentNode,
  slope,
  squash,
  stackedProduct,
  timeMajor,
} from "./recurrent.ts";

/**
 * Hochreiter & Schmidhuber 1997 with forget gate on `x` `[n, t, c]`, rows of `w`, `r` and the bias in Keras' order i, f, c, o:
 * `i, f, o = s(...)`, `g = tanh(...)` of `x w + h' r + b`, `c = f c' + i g`, `h = o tanh(c)`.
 *
 * Backwards in time: `da_o = dh tanh(c) s'`, `dc += dh o tanh'`, `da_i = dc g s'`, `da_f = dc c' s'`, `da_c = dc i tanh'`,
 * `dc' = dc f`, `dh' = da r`. The gates are computed again for all steps at once.
 */
export const lstm: Rule<RecurrentAttributes> = {
  name: "lstm",
  shape: ([[n, t], , [, units]], { sequences }) => sequences ? [n, t, units] : [n, units],
  forward({ graph, inputs: [x, w, r, bias], attributes }) {
    const steps = timeMajor(graph, x);
    const [onnxW, onnxR, onnxBias] = [w, r, bias].map((rows) => rows && onnxOrder(graph, rows, r.shape[1]));
    const inputs = { x: steps, w: onnxW!, r: onnxR!, bias: nodeBias(graph, onnxBias, w.shape[0]), attributes };
    const [y, states] = recurrentNode(graph, "LSTM", inputs);
    return [y, steps, states];
  },
  gradient({ graph, inputs: [, w, r, bias], attributes, saved: [x, states], output, dy, needs }) {
    const { backwards, activation, recurrentActivation } = attributes;
    const units = r.shape[1];
    const before = earlier(graph, states, backwards);
    const parts = split(graph, preActivation(graph, { x, w, h: before, r, bias }), {
      axis: 2,
      extents: [units, units, units, units],
    });
    const [input, forget, candidate, out] = parts.map((part, at) =>
      squash(graph, at === 2 ? activation : recurrentActivation, part)
    );
    const added = mul(graph, input, candidate);
    const [n] = dy.shape;
    const zeros = graph.constant(new Float32Array(n * units), [n, units], `zeros ${n} ${units}`);
    const [cells] = scan(graph, {
      name: `${output.name} cells`,
      initial: [zeros],
      sequences: [forget, added],
      backwards,
      step(body, [cell], [kept, gained]) {
        const next = add(body, mul(body, kept, cell), gained);
        return { states: [next], outputs: [unary(body, "Identity", next)] };
      },
    });
    const squashed = squash(graph, activation, cells);
    const { last, each } = arriving(graph, dy, attributes);
    const toOut = mul(graph, squashed, slope(graph, recurrentActivation, out));
    const toCell = mul(graph, out, slope(graph, activation, squashed));
    const toInput = mul(graph, candidate, slope(graph, recurrentActivation, input));
    const toForget = mul(graph, earlier(graph, cells, backwards), slope(graph, recurrentActivation, forget));
    const toCandidate = mul(graph, input, slope(graph, activation, candidate));
    const [da] = scan(graph, {
      name: `${output.name} backwards`,
      initial: [last, zeros],
      sequences: [toOut, toCell, toInput, toForget, toCandidate, forget, ...each],
      backwards: !backwards,
      step(body, [carried, carriedCell], [stepOut, stepCell, stepInput, stepForget, stepCandidate, kept, arrived]) {
        const dh = arrived ? add(body, carried, arrived) : carried;
        const dc = add(body, carriedCell, mul(body, dh, stepCell));
        const gates = [stepInput, stepForget, stepCandidate].map((step) => mul(body, dc, step));
        const all = concat(body, [...gates, mul(body, dh, stepOut)], 1);
        return { states: [matmul(body, all, r), mul(body, dc, kept)], outputs: [all] };
      },
    });
    const { dx, dw, dbias } = inputGradients(graph, { x, w, da, needs });
    return [dx, dw, stackedProduct(graph, da, before), dbias];
  },
};

/** Rows i, f, c, o as onnxruntime wants them: i, o, f, c. */
function onnxOrder(graph: Graph, rows: Tensor, units: number): Tensor {
  const [i, f, c, o] = split(graph, rows, { axis: 0, extents: [units, units, units, units] });
  return concat(graph, [i, o, f, c], 0);
}
