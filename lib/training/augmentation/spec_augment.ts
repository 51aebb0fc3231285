import type { RandomStream } from "../../random/mod.ts";

/** Options of {@linkcode specAugment}. */
export interface SpecAugmentOptions {
  nMels: number;
  stream: RandomStream;
  /** Widest mask over bands. */
  bands: number;
  /** Longest mask over frames. */
  frames: number;
  /** Masks of each kind. */
  masks: number;
  /** `[nMels]`: what a masked band is set to; its mean, so that it is 0 once standardised. */
  fill: Float32Array;
}

/**
 * Feature domain. Masks runs of bands and of frames by their mean (Park et al. 2019, without the time warp, which they
 * found to matter least).
 *
 * @param features `[frames, nMels]`
 * @returns `[frames, nMels]`
 */
export function specAugment(features: Float32Array, options: SpecAugmentOptions): Float32Array {
  const { nMels, stream, bands, frames, masks, fill } = options;
  const masked = features.slice();
  const length = features.length / nMels;
  const span = (widest: number, extent: number): [number, number] => {
    const width = stream.integer(Math.min(widest, extent) + 1);
    const start = stream.integer(extent - width + 1);
    return [start, start + width];
  };
  for (let mask = 0; mask < masks; mask++) {
    const [low, high] = span(bands, nMels);
    for (let frame = 0; frame < length; frame++) masked.set(fill.subarray(low, high), frame * nMels + low);
    const [from, to] = span(frames, length);
    for (let frame = from; frame < to; frame++) masked.set(fill, frame * nMels);
  }
  return masked;
}
