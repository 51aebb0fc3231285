import type { FeaturePreset, LogOptions, Normalization } from "./feature_preset.ts";
import { A_MIN, logStep } from "./log_levels.ts";
import { melLevels } from "./mel_levels.ts";
import type { Spectrogram } from "./mel_spectrogram.ts";

/**
 * Log-Mel spectrogram by a preset, of samples that are at its rate and went through its preparation.
 *
 * @throws {InputError} for no samples, NaN, or too few samples for the preset's padding.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { logMel, presets } from "./mod.ts";
 * const tone = Float32Array.from({ length: 4000 }, (_, n) => Math.sin(2 * Math.PI * 440 * n / 4000));
 * const { data, frames, nMels } = logMel(tone, presets.respirenet);
 * expect([frames, nMels]).toEqual([32, 64]);
 * expect(Math.max(...data)).toBeCloseTo(0);
 * ```
 */
export function logMel(samples: Float32Array, preset: FeaturePreset): Spectrogram {
  const { log, nMels, normalization } = preset;
  const { data, frames, largest } = melLevels(samples, preset, logStep(log));
  if (log.kind === "decibel") clip(data, log, 10 * Math.log10(Math.max(A_MIN, largest)));
  normalize(data, normalization);
  return { data, frames, nMels };
}

/** In place: `reference` becomes 0 dB, and what lies more than `topDb` below the largest is raised. */
function clip(data: Float32Array, { reference, topDb }: LogOptions & { kind: "decibel" }, largest: number): void {
  const zero = reference === "max" ? largest : 10 * Math.log10(Math.max(A_MIN, reference));
  const lowest = topDb === null ? -Infinity : largest - zero - topDb;
  for (let i = 0; i < data.length; i++) {
    const level = data[i] - zero;
    data[i] = level < lowest ? lowest : level;
  }
}

function normalize(values: Float32Array, normalization: Normalization): void {
  if (normalization.kind === "none") return;
  const { kind, mean, deviation } = normalization;
  let low = 0, range = 1;
  if (kind === "min-max") {
    low = values.reduce((a, b) => Math.min(a, b), Infinity);
    // A constant window is 0 throughout, where the original divides 0 by 0.
    range = values.reduce((a, b) => Math.max(a, b), -Infinity) - low || 1;
  }
  for (let i = 0; i < values.length; i++) values[i] = ((values[i] - low) / range - mean) / deviation;
}
