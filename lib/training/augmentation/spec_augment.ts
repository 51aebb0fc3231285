import type { WindowShape } from "../../features/mod.ts";
import type { RandomStream } from "../../random/mod.ts";

/** Options of {@linkcode specAugment}. */
export interface SpecAugmentOptions {
  shape: WindowShape;
  stream: RandomStream;
  /** Widest mask over bands. */
  bands: number;
  /** Longest mask over frames. */
  frames: number;
  /** Masks of each kind. */
  masks: number;
  /** `[bands, channels]`: what a masked band is set to; its mean, so that it is 0 once standardised. */
  fill: Float32Array;
}

/**
 * Feature domain. Masks runs of bands and of frames by their mean (Park et al. 2019, without the time warp, which they
 * found to matter least).
 *
 * @param features `[frames, bands, channels]`
 * @returns `[frames, bands, channels]`
 */
export function specAugment(features: Float32Array, options: SpecAugmentOptions): Float32Array {
  const { shape, stream, bands, frames, masks, fill } = options;
  const masked = features.slice();
  const width = shape.bands * shape.channels;
  const span = (widest: number, extent: number): [number, number] => {
    const width = stream.integer(Math.min(widest, extent) + 1);
    const start = stream.integer(extent - width + 1);
    return [start, start + width];
  };
  for (let mask = 0; mask < masks; mask++) {
    const [low, high] = span(bands, shape.bands).map((band) => band * shape.channels);
    for (let start = 0; start < masked.length; start += width) masked.set(fill.subarray(low, high), start + low);
    const [from, to] = span(frames, shape.frames);
    for (let frame = from; frame < to; frame++) masked.set(fill, frame * width);
  }
  return masked;
}
