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
  return {
    relative,
    powers: (values) =>
      values.map((value) => Math.max(0, Math.exp((value * deviation + mean) / scale) - offset) ** (2 / power)),
    values(powers) {
      const levels = powers.map((one) => scale * Math.log(Math.max(one ** (power / 2) + offset, floor)));
      const largest = relative ? 0 : levels.reduce((a, b) => Math.max(a, b), -Infinity);
      const lowest = log.kind === "decibel" && log.topDb !== null ? largest - log.topDb : -Infinity;
      return levels.map((level) => (Math.max(lowest, level) - mean) / deviation);
    },
  };
}
