import type { InputLevels } from "./define_input.ts";
import type { FeaturePreset, LogOptions, Normalization } from "./feature_preset.ts";
import type { LogStep } from "./kernel/mel_kernel.ts";
import { melLevels, type Spectrogram } from "./mel_spectrogram.ts";

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

/** Powers below it count as it (librosa's `amin`). */
export const A_MIN = 1e-10;

/** The logarithm of a preset as the kernel takes it, before a reference is taken off. */
export function logStep(log: LogOptions): LogStep {
  if (log.kind === "decibel") return { scale: 10 / Math.LN10, offset: 0, floor: A_MIN };
  return { scale: 1, offset: "offset" in log ? log.offset : 0, floor: "floor" in log ? log.floor : 0 };
}

/** The way back from a preset's logarithms to powers; none where windows are stretched, since nobody knows how far. */
export function logLevels(
  { log, power, normalization }: Pick<FeaturePreset, "log" | "power" | "normalization">,
): InputLevels | undefined {
  if (normalization.kind === "min-max") return undefined;
  const { mean, deviation } = normalization.kind === "affine" ? normalization : { mean: 0, deviation: 1 };
  const { scale, offset, floor } = logStep(log);
  const relative = log.kind === "decibel" && log.reference === "max";
  const ofMagnitudes = power === 1;
  return {
    relative,
    powers: (values) =>
      values.map((value) => {
        const level = Math.max(0, Math.exp((value * deviation + mean) / scale) - offset);
        return ofMagnitudes ? level * level : level;
      }),
    values(powers) {
      const levels = powers.map((power) =>
        scale * Math.log(Math.max((ofMagnitudes ? Math.sqrt(power) : power) + offset, floor))
      );
      const largest = relative ? 0 : levels.reduce((a, b) => Math.max(a, b), -Infinity);
      const lowest = log.kind === "decibel" && log.topDb !== null ? largest - log.topDb : -Infinity;
      return levels.map((level) => (Math.max(lowest, level) - mean) / deviation);
    },
  };
}
