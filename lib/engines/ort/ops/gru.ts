import type { Tensor } from "../graph.ts";
import { add, matmul, mul, sub } from "../onnx/arithmetic.ts";
import { concat, slice, split } from "../onnx/rearrange.ts";
import { preActivation, recurrent, slope, squash, stackedProduct } from "./recurrent.ts";

/**
 * Cho et al. 2014 on `x` `[n, t, c]` with `w` `[3 units, c]`, `r` `[3 units, units]` and a bias, rows in the order z, r, h:
 * `z = s(x wz + h' rz + bz)`, `r = s(x wr + h' rr + br)`, `g = tanh(x wh + (r h') rh + bh)`, `h = z h' + (1 - z) g`, where
 * `h'` is the step before.
 *
 * Backwards in time, with `dh` of a step: `da_z = dh (h' - g) s'`, `da_h = dh (1 - z) tanh'`, `q = da_h rh`,
 * `da_r = q h' s'`, `dh' = dh z + q r + da_z rz + da_r rr`. The gates are computed again for all steps at once.
 */
export const gru = recurrent("GRU", (_, rows) => rows, ({ graph, attributes, w, r, bias, x, before, walk }) => {
  const { activation, recurrentActivation } = attributes;
  const units = r.shape[1];
  const rows = (tensor: Tensor, from: number, to: number) =>
    slice(graph, tensor, { axes: [0], starts: [from * units], ends: [to * units] });
  const [rGates, rState] = [rows(r, 0, 2), rows(r, 2, 3)];
  const [bGates, bState] = bias ? [rows(bias, 0, 2), rows(bias, 2, 3)] : [];
  const ofGates = preActivation(graph, { x, w: rows(w, 0, 2), h: before, r: rGates, bias: bGates });
  const gates = squash(graph, recurrentActivation, ofGates);
  const [update, reset] = split(graph, gates, { axis: 2, extents: [units, units] });
  const kept = mul(graph, reset, before);
  const ofState = preActivation(graph, { x, w: rows(w, 2, 3), h: kept, r: rState, bias: bState });
  const candidate = squash(graph, activation, ofState);
  const toUpdate = mul(graph, sub(graph, before, candidate), slope(graph, recurrentActivation, update));
  const toCandidate = mul(graph, sub(graph, 1, update), slope(graph, activation, candidate));
  const toReset = mul(graph, before, slope(graph, recurrentActivation, reset));
  const da = walk({
    sequences: [toUpdate, toCandidate, toReset, update, reset],
    step(body, dh, _, [stepUpdate, stepCandidate, stepReset, z, gate]) {
      const daUpdate = mul(body, dh, stepUpdate);
      const daCandidate = mul(body, dh, stepCandidate);
      const q = matmul(body, daCandidate, rState);
      const daGates = concat(body, [daUpdate, mul(body, q, stepReset)], 1);
      const passed = add(body, mul(body, dh, z), mul(body, q, gate));
      const dhBefore = add(body, passed, matmul(body, daGates, rGates));
      return { states: [dhBefore], outputs: [concat(body, [daGates, daCandidate], 1)] };
    },
  });
  const [daGates, daCandidate] = split(graph, da, { axis: 2, extents: [2 * units, units] });
  const dr = [stackedProduct(graph, daGates, before), stackedProduct(graph, daCandidate, kept)];
  return { da, dr: concat(graph, dr, 0) };
});
