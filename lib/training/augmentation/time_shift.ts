import type { WindowShape } from "../../features/mod.ts";
import type { RandomStream } from "../../random/mod.ts";

/**
 * Feature domain. Turns a window round in time by a random number of frames; what leaves at one end comes in at the
 * other, so that no sound is lost (Salamon and Bello 2017 shift the samples).
 *
 * @param features `[frames, bands, channels]`
 * @returns `[frames, bands, channels]`
 */
export function timeShift(
  features: Float32Array,
  options: { shape: WindowShape; stream: RandomStream; /** Of the window, to either side. */ maxShare: number },
): Float32Array {
  const { shape: { frames, bands, channels }, stream, maxShare } = options;
  const shift = Math.round(stream.uniform(-maxShare, maxShare) * frames);
  const shifted = new Float32Array(features.length);
  const start = ((shift % frames) + frames) % frames * bands * channels;
  shifted.set(features.subarray(0, features.length - start), start);
  shifted.set(features.subarray(features.length - start), 0);
  return shifted;
}
