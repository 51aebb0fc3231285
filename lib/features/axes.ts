import type { InputAxes } from "./define_input.ts";
import type { FeaturePreset } from "./feature_preset.ts";
import { melFrequencies } from "./mel_scale.ts";

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
