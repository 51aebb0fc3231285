import type { WindowShape } from "../../features/mod.ts";
import type { RandomStream } from "../../random/mod.ts";

/** Options of {@linkcode randomFilter}. */
export interface RandomFilterOptions {
  shape: WindowShape;
  stream: RandomStream;
  /** Largest gain at a corner, up or down, in the unit of the features. */
  range: number;
  /** Corners of the frequency response, its ends included. */
  corners: number;
}

/**
 * Feature domain. Another microphone: adds a random frequency response, straight lines between random gains at random
 * bands (FilterAugment of Nam et al. 2022, the linear kind). For log spectra, where a filter adds.
 *
 * @param features `[frames, bands, channels]`
 * @returns `[frames, bands, channels]`
 */
export function randomFilter(features: Float32Array, options: RandomFilterOptions): Float32Array {
  const { shape, stream, range, corners } = options;
  const inner = Array.from({ length: corners - 2 }, () => stream.uniform(0, shape.bands - 1)).sort((a, b) => a - b);
  const bands = [0, ...inner, shape.bands - 1];
  const gains = bands.map(() => stream.uniform(-range, range));
  const response = Float32Array.from({ length: shape.bands }, (_, band) => {
    const right = Math.max(1, bands.findIndex((corner) => corner >= band));
    const [from, to] = [bands[right - 1], bands[right]];
    const share = to > from ? (band - from) / (to - from) : 0;
    return gains[right - 1] + share * (gains[right] - gains[right - 1]);
  });
  return features.map((value, i) => value + response[Math.floor(i / shape.channels) % shape.bands]);
}
