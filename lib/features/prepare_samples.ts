import { bandpass, removeSpikes, resample } from "../audio/mod.ts";
import type { FeaturePreset } from "./feature_preset.ts";

/**
 * A whole recording at the preset's rate, after its preparation (band-pass, spike removal). Cut windows from the
 * result, not the other way round: a filter needs what lies before and behind a window.
 *
 * @param sampleRate Rate of `samples`, Hz.
 * @throws {InputError} for a recording that is too short for the filter.
 */
export function prepareSamples(
  samples: Float32Array,
  { sampleRate, preset }: { sampleRate: number; preset: FeaturePreset },
): Float32Array {
  const { preparation, sampleRate: to } = preset;
  let prepared = sampleRate === to ? samples : resample(samples, { from: sampleRate, to });
  if (preparation.bandpass) prepared = bandpass(prepared, { sampleRate: to, ...preparation.bandpass });
  if (preparation.removeSpikes) prepared = removeSpikes(prepared, { sampleRate: to });
  return prepared;
}
