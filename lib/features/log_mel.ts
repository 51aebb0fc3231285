import type { FeaturePreset, LogOptions, Normalization } from "./feature_preset.ts";
import { melSpectrogram, type Spectrogram } from "./mel_spectrogram.ts";
import { powerToDb } from "./power_to_db.ts";

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
 * expect([frames, nMels, Math.max(...data)]).toEqual([32, 64, 0]);
 * ```
 */
export function logMel(samples: Float32Array, preset: FeaturePreset): Spectrogram {
  const mel = melSpectrogram(samples, preset);
  return { ...mel, data: normalize(takeLog(mel.data, preset.log), preset.normalization) };
}

function takeLog(levels: Float32Array, log: LogOptions): Float32Array {
  if (log.kind === "decibel") return powerToDb(levels, log);
  if ("floor" in log) return levels.map((level) => Math.log(Math.max(log.floor, level)));
  return levels.map((level) => Math.log(level + log.offset));
}

function normalize(values: Float32Array, normalization: Normalization): Float32Array {
  if (normalization.kind === "none") return values;
  const { kind, mean, deviation } = normalization;
  if (kind === "affine") return values.map((value) => (value - mean) / deviation);
  const low = values.reduce((a, b) => Math.min(a, b), Infinity);
  const high = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const range = high > low ? high - low : 1; // a constant window is 0 throughout, where the original divides 0 by 0
  return values.map((value) => ((value - low) / range - mean) / deviation);
}
