import { add, matmul, mul, sub } from "../onnx/arithmetic.ts";
import { concat, slice, split } from "../onnx/rearrange.ts";
import { scan } from "../onnx/scan.ts";
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
 * Cho et al. 2014 on `x` `[n, t, c]` with `w` `[3 units, c]`, `r` `[3 units, units]` and a bias, rows in the order z, r, h:
 * `z = s(x wz + h' rz + bz)`, `r = s(x wr + h' rr + br)`, `g = tanh(x wh + (r h') rh + bh)`, `h = z h' + (1 - z) g`, where
 * `h'` is the step before.
 *
 * Backwards in time, with `dh` of a step: `da_z = dh (h' - g) s'`, `da_h = dh (1 - z) tanh'`, `q = da_h rh`,
 * `da_r = q h' s'`, `dh' = dh z + q r + da_z rz + da_r rr`. The gates are computed again for all steps at once.
 */
export const gru: Rule<RecurrentAttributes> = {
  name: "gru",
  shape: ([[n, t], , [, units]], { sequences }) => sequences ? [n, t, units] : [n, units],
  forward({ graph, inputs: [x, w, r, bias], attributes }) {
    const steps = timeMajor(graph, x);
    const inputs = { x: steps, w, r, bias: nodeBias(graph, bias, w.shape[0]), attributes };
    const [y, states] = recurrentNode(graph, "GRU", inputs);
    return [y, steps, states];
  },
  gradient({ graph, inputs: [, w, r, bias], attributes, saved: [x, states], output, dy, needs }) {
    const { backwards, activation, recurrentActivation } = attributes;
    const units = r.shape[1];
    const before = earlier(graph, states, backwards);
    const rows = (tensor: typeof w, from: number, to: number) =>
      slice(graph, tensor, { axes: [0], starts: [from * units], ends: [to * units] });
    const biasRows = (from: number, to: number) => bias ? rows(bias, from, to) : undefined;
    const [rGates, rState] = [rows(r, 0, 2), rows(r, 2, 3)];
    const gates = squash(
      graph,
      recurrentActivation,
      preActivation(graph, { x, w: rows(w, 0, 2), h: before, r: rGates, bias: biasRows(0, 2) }),
    );
    const [update, reset] = split(graph, gates, { axis: 2, extents: [units, units] });
    const kept = mul(graph, reset, before);
    const candidate = squash(
      graph,
      activation,
      preActivation(graph, { x, w: rows(w, 2, 3), h: kept, r: rState, bias: biasRows(2, 3) }),
    );
    const toUpdate = mul(graph, sub(graph, before, candidate), slope(graph, recurrentActivation, update));
    const toCandidate = mul(graph, sub(graph, 1, update), slope(graph, activation, candidate));
    const toReset = mul(graph, before, slope(graph, recurrentActivation, reset));
    const { last, each } = arriving(graph, dy, attributes);
    const [da] = scan(graph, {
      name: `${output.name} backwards`,
      initial: [last],
      sequences: [toUpdate, toCandidate, toReset, update, reset, ...each],
      backwards: !backwards,
      step(body, [carried], [stepUpdate, stepCandidate, stepReset, z, gate, arrived]) {
        const dh = arrived ? add(body, carried, arrived) : carried;
        const daUpdate = mul(body, dh, stepUpdate);
        const daCandidate = mul(body, dh, stepCandidate);
        const q = matmul(body, daCandidate, rState);
        const daReset = mul(body, q, stepReset);
        const daGates = concat(body, [daUpdate, daReset], 1);
        const passed = add(body, mul(body, dh, z), mul(body, q, gate));
        const earlierState = add(body, passed, matmul(body, daGates, rGates));
        return { states: [earlierState], outputs: [concat(body, [daGates, daCandidate], 1)] };
      },
    });
    const { dx, dw, dbias } = inputGradients(graph, { x, w, da, needs });
    const [daGates, daCandidate] = split(graph, da, { axis: 2, extents: [2 * units, units] });
    const dr = concat(graph, [stackedProduct(graph, daGates, before), stackedProduct(graph, daCandidate, kept)], 0);
    return [dx, dw, dr, dbias];
  },
};
