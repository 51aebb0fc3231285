import type { InputLevels } from "./define_input.ts";
import type { FeaturePreset, LogOptions } from "./feature_preset.ts";
import type { LogStep } from "./kernel/mel_kernel.ts";

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
    powers(values) {
      const powers = new Float32Array(values.length);
      for (let i = 0; i < values.length; i++) {
        const level = Math.max(0, Math.exp((values[i] * deviation + mean) / scale) - offset);
        powers[i] = ofMagnitudes ? level * level : level;
      }
      return powers;
    },
    values(powers) {
      const levels = new Float32Array(powers.length);
      let largest = relative ? 0 : -Infinity;
      for (let i = 0; i < powers.length; i++) {
        const level = ofMagnitudes ? Math.sqrt(powers[i]) : powers[i];
        levels[i] = scale * Math.log(Math.max(level + offset, floor));
        if (!relative) largest = Math.max(largest, levels[i]);
      }
      const lowest = log.kind === "decibel" && log.topDb !== null ? largest - log.topDb : -Infinity;
      for (let i = 0; i < levels.length; i++) levels[i] = (Math.max(lowest, levels[i]) - mean) / deviation;
      return levels;
    },
  };
}
