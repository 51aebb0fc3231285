import type { RandomStream } from "../../random/mod.ts";

/**
 * Feature domain. Another loudness: adds one random number to all values, in their unit (dB for the presets in dB).
 *
 * @param features `[frames, bands, channels]`
 * @returns `[frames, bands, channels]`
 */
export function gain(
  features: Float32Array,
  { stream, range }: { stream: RandomStream; /** Largest change, up or down. */ range: number },
): Float32Array {
  const change = stream.uniform(-range, range);
  return features.map((value) => value + change);
}
