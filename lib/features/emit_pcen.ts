import { byFrames, emitMel } from "./emit_log_mel.ts";
import type { FeaturePreset } from "./feature_preset.ts";
import type { FrontEndGraph as Graph, FrontEndTensor as Tensor } from "./front_end_graph.ts";
import { PCEN_EPS, type PcenOptions, pcenSmoothing } from "./pcen.ts";

/**
 * The nodes of `pcen` on Mel bands of 32-bit integers: the smoothed past is a weighted sum of all frames before, and so one
 * product of matrices.
 *
 * @returns `[count, frames, nMels, 1]`.
 */
export function emitPcen(
  graph: Graph,
  samples: Tensor,
  preset: FeaturePreset,
  { gain, bias, power, timeConstant }: Required<Pick<PcenOptions, "gain" | "bias" | "power" | "timeConstant">>,
): Tensor {
  const mel = emitMel(graph, samples, preset);
  const { shape } = mel, frames = shape[2];
  graph.scope("pcen");
  const binary = (op: string, a: Tensor, b: Tensor | number) =>
    graph.node(op, [a, typeof b === "number" ? graph.scalar(b) : b], shape);
  const unary = (op: string, a: Tensor) => graph.node(op, [a], shape);
  const levels = binary("Mul", mel, 2 ** 31);
  const b = pcenSmoothing({ ...preset, timeConstant });
  const weights = new Float32Array(frames * frames); // [of frame, in frame]
  for (let to = 0; to < frames; to++) {
    for (let from = 0; from <= to; from++) weights[from * frames + to] = b * (1 - b) ** (to - from);
  }
  const start = Float32Array.from({ length: frames }, (_, frame) => (1 - b) ** (frame + 1));
  const past = graph.node("MatMul", [levels, graph.constant(weights, [frames, frames])], shape);
  const smooth = binary("Add", past, graph.constant(start, [frames]));
  const loudness = unary("Exp", binary("Mul", unary("Log", binary("Add", smooth, PCEN_EPS)), -gain));
  const steady = binary("Mul", levels, loudness);
  if (power === 0) return byFrames(graph, unary("Log", binary("Add", steady, 1)));
  const raised = binary("Pow", bias === 0 ? steady : binary("Add", steady, bias), power);
  return byFrames(graph, bias === 0 ? raised : binary("Sub", raised, bias ** power));
}
