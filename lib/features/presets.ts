import type { FeaturePreset } from "./feature_preset.ts";

const librosa = {
  ...{ melScale: "slaney", melNorm: "slaney", triangles: "hz", emptyBands: "refuse" },
  ...{ power: 2, normalization: { kind: "none" }, center: true, padMode: "constant", window: "hann" },
  ...{ preEmphasis: 0, removeDc: false, preparation: {} },
} as const satisfies Partial<FeaturePreset>;

/** torchaudio's bands. */
const htk = { melScale: "htk", melNorm: "none" } as const;

export type PresetName = "respirenet" | "pcg" | "scl" | "ast" | "dbres" | "m2d";

/** Published ways from a recording to a log-Mel spectrogram. Change one with `{ ...presets.pcg, nMels: 40 }`. */
export const presets: Readonly<Record<PresetName, FeaturePreset>> = {
  /** RespireNet (Gairola et al. 2021): lung sounds at 4 kHz. */
  respirenet: {
    ...librosa,
    ...{ sampleRate: 4000, nFft: 256, winLength: 256, hopLength: 128, nMels: 64, fMin: 50, fMax: 2000 },
    log: { kind: "decibel", reference: "max", topDb: 80 },
  },

  /** Heart sounds as in the PhysioNet/CinC 2016 challenge: 25-400 Hz, frames of 25 ms; nFft 256 leaves no band empty. */
  pcg: {
    ...librosa,
    ...{ sampleRate: 2000, nFft: 256, winLength: 50, hopLength: 20, nMels: 32, fMin: 25, fMax: 400 },
    log: { kind: "decibel", reference: "max", topDb: 80 },
    preparation: { bandpass: { low: 25, high: 400, order: 4, zeroPhase: true }, removeSpikes: true },
  },

  /** Supervised contrastive learning on ICBHI (Moummad and Farrugia 2023): torchaudio's Mel, stretched to 0…1. */
  scl: {
    ...{ ...librosa, ...htk, padMode: "reflect" },
    ...{ sampleRate: 16000, nFft: 1024, winLength: 1024, hopLength: 512, nMels: 64, fMin: 50, fMax: 2000 },
    log: { kind: "decibel", reference: 1, topDb: null },
    normalization: { kind: "min-max", mean: 0.3690, deviation: 0.0255 },
  },

  /** Audio Spectrogram Transformer (Gong et al. 2021): Kaldi's filter bank. Its band 3 holds no bin, as published. */
  ast: {
    ...{ ...librosa, ...htk, triangles: "mel", emptyBands: "keep" },
    ...{ sampleRate: 16000, nFft: 512, winLength: 400, hopLength: 160, nMels: 128, fMin: 20, fMax: 8000 },
    log: { kind: "natural", floor: 1.1920929e-7 },
    normalization: { kind: "affine", mean: -4.2677393, deviation: 2 * 4.5689974 },
    ...{ center: false, window: "hann-symmetric", preEmphasis: 0.97, removeDc: true },
  },

  /** Dual Bayesian ResNet on CirCor (Walker et al. 2022): magnitudes, `ln(x + 0.01)`. */
  dbres: {
    ...{ ...librosa, ...htk, triangles: "mel", power: 1, center: false },
    ...{ sampleRate: 4000, nFft: 128, winLength: 100, hopLength: 40, nMels: 64, fMin: 10, fMax: 2000 },
    log: { kind: "natural", offset: 0.01 },
  },

  /** Masked Modeling Duo (Niizumi et al. 2023). */
  m2d: {
    ...{ ...librosa, padMode: "reflect" },
    ...{ sampleRate: 16000, nFft: 400, winLength: 400, hopLength: 160, nMels: 80, fMin: 50, fMax: 8000 },
    log: { kind: "natural", offset: 1.1920929e-7 },
  },
};
