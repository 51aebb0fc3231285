import type { WindowShape } from "../../features/mod.ts";
import type { RandomStream } from "../../random/mod.ts";

/** Options of {@linkcode timeStretch}. */
export interface TimeStretchOptions {
  shape: WindowShape;
  stream: RandomStream;
  /** Largest change of the speed: 0.2 draws factors from 1 / 1.2 to 1.2. */
  range: number;
}

/**
 * Feature domain. Another breathing or heart rate: reads the frames faster or slower from the middle outwards, between two
 * frames in a line, without a change of pitch (Ko et al. 2015 do so to samples, pitch included). A faster sound ends
 * before the window does and goes on from the other end.
 *
 * @param features `[frames, bands, channels]`
 * @returns `[frames, bands, channels]`
 */
export function timeStretch(
  features: Float32Array,
  { shape: { frames, bands, channels }, stream, range }: TimeStretchOptions,
): Float32Array {
  const width = bands * channels;
  const factor = (1 + range) ** stream.uniform(-1, 1);
  const middle = (frames - 1) / 2;
  const stretched = new Float32Array(features.length);
  for (let frame = 0; frame < frames; frame++) {
    const from = ((middle + (frame - middle) * factor) % frames + frames) % frames;
    const low = Math.floor(from) % frames;
    const high = (low + 1) % frames;
    const share = from - Math.floor(from);
    for (let at = 0; at < width; at++) {
      stretched[frame * width + at] = (1 - share) * features[low * width + at] + share * features[high * width + at];
    }
  }
  return stretched;
}
