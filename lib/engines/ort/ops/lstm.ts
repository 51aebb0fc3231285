import { add, matmul, mul, unary, zeros } from "../onnx/arithmetic.ts";
import { concat, split } from "../onnx/rearrange.ts";
import { scan } from "../onnx/scan.ts";
import type { Graph, Tensor } from "../graph.ts";
import { earlier, preActivation, recurrent, slope, squash, stackedProduct } from "./recurrent.ts";

/**
 * Hochreiter & Schmidhuber 1997 with forget gate on `x` `[n, t, c]`, rows of `w`, `r` and the bias in Keras' order i, f, c, o:
 * `i, f, o = s(...)`, `g = tanh(...)` of `x w + h' r + b`, `c = f c' + i g`, `h = o tanh(c)`.
 *
 * Backwards in time: `da_o = dh tanh(c) s'`, `dc += dh o tanh'`, `da_i = dc g s'`, `da_f = dc c' s'`, `da_c = dc i tanh'`,
 * `dc' = dc f`, `dh' = da r`. The gates are computed again for all steps at once.
 */
export const lstm = recurrent("LSTM", onnxOrder, ({ graph, attributes, w, r, bias, x, before, name, walk }) => {
  const { backwards, activation, recurrentActivation } = attributes;
  const [, n, units] = before.shape;
  const parts = split(graph, preActivation(graph, { x, w, h: before, r, bias }), {
    axis: 2,
    extents: [units, units, units, units],
  });
  const [input, forget, candidate, out] = parts.map((part, at) =>
    squash(graph, at === 2 ? activation : recurrentActivation, part)
  );
  const none = zeros(graph, n, units);
  const [cells] = scan(graph, {
    name: `${name} cells`,
    initial: [none],
    sequences: [forget, mul(graph, input, candidate)],
    backwards,
    step(body, [cell], [kept, gained]) {
      const next = add(body, mul(body, kept, cell), gained);
      return { states: [next], outputs: [unary(body, "Identity", next)] };
    },
  });
  const squashed = squash(graph, activation, cells);
  const toOut = mul(graph, squashed, slope(graph, recurrentActivation, out));
  const toCell = mul(graph, out, slope(graph, activation, squashed));
  const toInput = mul(graph, candidate, slope(graph, recurrentActivation, input));
  const toForget = mul(graph, earlier(graph, cells, backwards), slope(graph, recurrentActivation, forget));
  const toCandidate = mul(graph, input, slope(graph, activation, candidate));
  const da = walk({
    initial: [none],
    sequences: [toOut, toCell, toInput, toForget, toCandidate, forget],
    step(body, dh, [carried], [stepOut, stepCell, stepInput, stepForget, stepCandidate, kept]) {
      const dc = add(body, carried, mul(body, dh, stepCell));
      const gates = [stepInput, stepForget, stepCandidate].map((step) => mul(body, dc, step));
      const all = concat(body, [...gates, mul(body, dh, stepOut)], 1);
      return { states: [matmul(body, all, r), mul(body, dc, kept)], outputs: [all] };
    },
  });
  return { da, dr: stackedProduct(graph, da, before) };
});

/** Rows i, f, c, o as onnxruntime wants them: i, o, f, c. */
function onnxOrder(graph: Graph, rows: Tensor, units: number): Tensor {
  const [i, f, c, o] = split(graph, rows, { axis: 0, extents: [units, units, units, units] });
  return concat(graph, [i, o, f, c], 0);
}
