import type { RandomStream } from "../../random/mod.ts";

/**
 * Feature domain. Turns a window round in time by a random number of frames; what leaves at one end comes in at the
 * other, so that no sound is lost (Salamon and Bello 2017 shift the samples).
 *
 * @param features `[frames, nMels]`
 * @returns `[frames, nMels]`
 */
export function timeShift(
  features: Float32Array,
  options: { nMels: number; stream: RandomStream; /** Of the window, to either side. */ maxShare: number },
): Float32Array {
  const { nMels, stream, maxShare } = options;
  const frames = features.length / nMels;
  const shift = Math.round(stream.uniform(-maxShare, maxShare) * frames);
  const shifted = new Float32Array(features.length);
  const start = ((shift % frames) + frames) % frames * nMels;
  shifted.set(features.subarray(0, features.length - start), start);
  shifted.set(features.subarray(features.length - start), 0);
  return shifted;
}
