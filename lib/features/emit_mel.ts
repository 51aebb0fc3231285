import type { FeaturePreset } from "./feature_preset.ts";
import type { FrontEndGraph as Graph, FrontEndTensor as Tensor } from "./front_end_graph.ts";
import { A_MIN } from "./log_mel.ts";
import { melFilterBank } from "./mel_filter_bank.ts";
import { PCEN_EPS, type PcenOptions, pcenSmoothing } from "./pcen.ts";
import { windowFunction } from "./window_function.ts";

/**
 * The nodes of `logMel` on samples `[count, n]`, to `[count, frames, nMels, 1]`: the short-time transform is a pair of convolutions
 * (cosine and sine, with window, mean removal and pre-emphasis in their kernels, since all are linear), the bands are a third.
 */
export function emitLogMel(graph: Graph, samples: Tensor, preset: FeaturePreset): Tensor {
  const bands = emitMel(graph, samples, preset);
  return byFrames(graph, emitNormalization(graph, emitLog(graph, bands, preset), preset));
}

/** The nodes of `pcen` on Mel bands, `[count, frames, nMels, 1]`: the smoothed past is a weighted sum of all frames before. */
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

/** `[count, bands, frames]` to `[count, frames, bands, 1]`. */
function byFrames(graph: Graph, values: Tensor): Tensor {
  const [count, bands, frames] = values.shape;
  const turned = graph.node("Transpose", [values], [count, frames, bands], { attributes: { perm: [0, 2, 1] } });
  return graph.node("Reshape", [turned, graph.integers([-1, frames, bands, 1])], [count, frames, bands, 1]);
}

/** The nodes of `melSpectrogram` on `[count, n]`, to `[count, nMels, frames]`. */
function emitMel(graph: Graph, samples: Tensor, preset: FeaturePreset): Tensor {
  const { nFft, winLength, hopLength, nMels, center, padMode, power } = preset;
  const [count, n] = samples.shape;
  graph.scope("log-mel");
  const nBins = Math.floor(nFft / 2) + 1;
  const length = center ? nFft : winLength;
  const frames = center ? 1 + Math.floor(n / hopLength) : 1 + Math.floor((n - winLength) / hopLength);
  let sound = graph.node("Reshape", [samples, graph.integers([-1, 1, n])], [count, 1, n]);
  if (center) {
    const half = Math.floor(nFft / 2);
    const pads = graph.integers([0, 0, half, 0, 0, half]);
    sound = graph.node("Pad", [sound, pads], [count, 1, n + 2 * half], { attributes: { mode: padMode } });
  }
  const spectrum = fourierKernels(preset, length).map((kernel) => {
    const weights = graph.constant(kernel, [nBins, 1, length]);
    const attributes = { strides: [hopLength], kernel_shape: [length] };
    const part = graph.node("Conv", [sound, weights], [count, nBins, frames], { attributes });
    return graph.node("Mul", [part, part], part.shape);
  });
  let level = graph.node("Add", spectrum, spectrum[0].shape);
  if (power === 1) level = graph.node("Sqrt", [level], level.shape);
  const bank = graph.constant(Float32Array.from(melFilterBank(preset)), [nMels, nBins, 1]);
  return graph.node("Conv", [level, bank], [count, nMels, frames], { attributes: { kernel_shape: [1] } });
}

function emitLog(graph: Graph, bands: Tensor, { log }: FeaturePreset): Tensor {
  const { shape } = bands;
  const binary = (op: string, a: Tensor, b: Tensor) => graph.node(op, [a, b], shape);
  if (log.kind === "natural") {
    const raised = "offset" in log
      ? binary("Add", bands, graph.scalar(log.offset))
      : binary("Max", bands, graph.scalar(log.floor));
    return graph.node("Log", [raised], shape);
  }
  const decibel = (value: Tensor) => {
    const logged = graph.node("Log", [graph.node("Max", [value, graph.scalar(A_MIN)], value.shape)], value.shape);
    return graph.node("Mul", [logged, graph.scalar(10 / Math.LN10)], value.shape);
  };
  const highest = decibel(extreme(graph, bands, "ReduceMax"));
  const zero = log.reference === "max" ? highest : graph.scalar(10 * Math.log10(Math.max(A_MIN, log.reference)));
  const levels = binary("Sub", decibel(bands), zero);
  if (log.topDb === null) return levels;
  const above = graph.node("Sub", [highest, zero], highest.shape);
  return binary("Max", levels, graph.node("Sub", [above, graph.scalar(log.topDb)], above.shape));
}

function emitNormalization(graph: Graph, levels: Tensor, { normalization }: FeaturePreset): Tensor {
  if (normalization.kind === "none") return levels;
  const { kind, mean, deviation } = normalization;
  const binary = (op: string, a: Tensor, b: Tensor) => graph.node(op, [a, b], a.shape);
  let stretched = levels;
  if (kind === "min-max") {
    const low = extreme(graph, levels, "ReduceMin");
    const range = binary("Sub", extreme(graph, levels, "ReduceMax"), low);
    stretched = binary("Div", binary("Sub", levels, low), binary("Max", range, graph.scalar(1e-30)));
  }
  return binary("Div", binary("Sub", stretched, graph.scalar(mean)), graph.scalar(deviation));
}

/** The largest or smallest value of each window, `[count, 1, 1]`. */
function extreme(graph: Graph, values: Tensor, op: "ReduceMax" | "ReduceMin"): Tensor {
  const inputs = [values, graph.integers([1, 2])];
  return graph.node(op, inputs, [values.shape[0], 1, 1], { attributes: { keepdims: 1 } });
}

/** `[nBins, length]` twice: real and imaginary part of the transform of a frame, as weights of its samples. */
function fourierKernels(preset: FeaturePreset, length: number): [Float32Array, Float32Array] {
  const { nFft, winLength, window, preEmphasis, removeDc, center } = preset;
  const nBins = Math.floor(nFft / 2) + 1;
  const margin = center ? Math.floor((nFft - winLength) / 2) : 0;
  const shape = windowFunction(window, winLength);
  const part = (wave: (angle: number) => number) => {
    const kernel = new Float32Array(nBins * length);
    for (let bin = 0; bin < nBins; bin++) {
      const weights = Float64Array.from(shape, (weight, i) => weight * wave(2 * Math.PI * (bin * i % nFft) / nFft));
      // y[i] = x[i] - a x[max(0, i - 1)], transposed: x[i] also counts -a times in y[i + 1], and x[0] in y[0].
      const first = weights[0];
      for (let i = 0; i < winLength; i++) weights[i] -= preEmphasis * ((weights[i + 1] ?? 0) + (i === 0 ? first : 0));
      const mean = removeDc ? weights.reduce((sum, weight) => sum + weight, 0) / winLength : 0;
      weights.forEach((weight, i) => kernel[bin * length + margin + i] = weight - mean);
    }
    return kernel;
  };
  return [part(Math.cos), part((angle) => -Math.sin(angle))];
}
