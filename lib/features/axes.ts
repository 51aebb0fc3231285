import type { InputAxes } from "./define_input.ts";
import type { FeaturePreset } from "./feature_preset.ts";
import { melFrequencies } from "./mel_scale.ts";

/** The middle of each frame, seconds from the first sample. */
export function frameAxis(
  frames: number,
  { sampleRate, hopLength, winLength, center }: Pick<
    FeaturePreset,
    "sampleRate" | "hopLength" | "winLength" | "center"
  >,
): Float64Array {
  const first = center ? 0 : winLength / 2;
  return Float64Array.from({ length: frames }, (_, frame) => (first + frame * hopLength) / sampleRate);
}

/** The peak of each band's triangle, Hz. */
export function bandAxis(
  { nMels, fMin, fMax, melScale }: Pick<FeaturePreset, "nMels" | "fMin" | "fMax" | "melScale">,
): Float64Array {
  return melFrequencies(nMels + 2, { fMin, fMax, scale: melScale }).slice(1, -1);
}

/** What bands are called beside those that have no frequency. */
export function bandNames({ bands }: Pick<InputAxes, "bands">): string[] {
  return bands.map((band) => typeof band === "number" ? `${Math.round(band)} Hz` : band);
}
