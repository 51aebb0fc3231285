import type { RandomStream } from "../../random/mod.ts";

/** What every made-up sound is made with. */
export interface Making {
  sampleRate: number; // samples a second, Hz
  stream: RandomStream;
}

/** Adds `gain` times the sound to the target, sample by sample. */
export function mix(target: Float32Array, sound: Float32Array, gain: number): void {
  for (let n = 0; n < target.length; n++) target[n] += gain * sound[n];
}

/** An amplitude ratio from dB. */
export function fromDb(db: number): number {
  return 10 ** (db / 20);
}

/** 0 for no samples. */
export function rootMeanSquare(samples: Float32Array): number {
  let sum = 0;
  for (const value of samples) sum += value * value;
  return Math.sqrt(sum / Math.max(1, samples.length));
}

/** One second-order section. */
export interface BiquadOptions {
  kind: "lowpass" | "highpass" | "peak";
  frequency: number; // corner or centre, Hz
  sampleRate: number; // samples a second, Hz
  /** Quality: 0.707 is Butterworth. @default {Math.SQRT1_2} */
  q?: number;
  /** Height of a `"peak"`, dB. @default {0} */
  gainDb?: number;
}

/**
 * The samples after one second-order filter (Bristow-Johnson, "Cookbook formulae for audio EQ biquad filter
 * coefficients"): the chest, the stethoscope and the colour of noises.
 */
export function biquad(samples: Float32Array, options: BiquadOptions): Float32Array {
  const { b0, b1, b2, a1, a2 } = coefficients(options);
  const filtered = new Float32Array(samples.length);
  let x1 = 0, x2 = 0, y1 = 0, y2 = 0;
  for (let n = 0; n < samples.length; n++) {
    const y0 = filtered[n] = b0 * samples[n] + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    x2 = x1;
    x1 = samples[n];
    y2 = y1;
    y1 = y0;
  }
  return filtered;
}

function coefficients({ kind, frequency, sampleRate, q = Math.SQRT1_2, gainDb = 0 }: BiquadOptions) {
  const omega = 2 * Math.PI * Math.min(frequency / sampleRate, 0.49);
  const cos = Math.cos(omega), alpha = Math.sin(omega) / (2 * q);
  if (kind === "peak") {
    const a = 10 ** (gainDb / 40), a0 = 1 + alpha / a;
    const b1 = -2 * cos / a0;
    return { b0: (1 + alpha * a) / a0, b1, b2: (1 - alpha * a) / a0, a1: b1, a2: (1 - alpha / a) / a0 };
  }
  const a0 = 1 + alpha;
  const edge = kind === "lowpass" ? 1 - cos : 1 + cos;
  const b1 = kind === "lowpass" ? edge : -edge;
  return { b0: edge / 2 / a0, b1: b1 / a0, b2: edge / 2 / a0, a1: -2 * cos / a0, a2: (1 - alpha) / a0 };
}

/** Noise between two frequencies (-3 dB, Hz), falling by 12 dB an octave outside them, with a root mean square of 1. */
export function bandNoise(length: number, options: Making & { low: number; high: number }): Float32Array {
  const { low, high, sampleRate, stream } = options;
  const white = Float32Array.from({ length }, () => stream.uniform(-1, 1));
  const above = biquad(white, { kind: "highpass", frequency: low, sampleRate });
  const noise = biquad(above, { kind: "lowpass", frequency: high, sampleRate });
  const level = Math.max(rootMeanSquare(noise), Number.MIN_VALUE);
  return noise.map((value) => value / level);
}
