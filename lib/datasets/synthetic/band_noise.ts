import { biquad } from "./biquad.ts";
import type { Making } from "./making.ts";

/** What a noise is made from. */
export interface BandNoiseOptions extends Making {
  /** Lower edge (-3 dB), Hz. */
  low: number;
  /** Upper edge (-3 dB), Hz. */
  high: number;
}

/** Noise between two frequencies, falling by 12 dB an octave outside them, with a root mean square of 1. */
export function bandNoise(length: number, { low, high, sampleRate, stream }: BandNoiseOptions): Float32Array {
  const white = new Float32Array(length);
  for (let n = 0; n < length; n++) white[n] = stream.uniform(-1, 1);
  const noise = biquad(biquad(white, { kind: "highpass", frequency: low, sampleRate }), {
    kind: "lowpass",
    frequency: high,
    sampleRate,
  });
  const level = Math.max(rootMeanSquare(noise), Number.MIN_VALUE);
  for (let n = 0; n < length; n++) noise[n] /= level;
  return noise;
}

/** 0 for no samples. */
export function rootMeanSquare(samples: Float32Array): number {
  let sum = 0;
  for (const value of samples) sum += value * value;
  return Math.sqrt(sum / Math.max(1, samples.length));
}
