import type { RandomStream } from "../../random/mod.ts";

/** `"normal"`, or the valve disease that is heard. */
export type HeartCondition = "normal" | "AS" | "MR" | "MS" | "AR" | "MVP";

/** `"normal"`, or the adventitious sound of the lungs; labels are those of SPRSound in lower case. */
export type LungCondition = "normal" | "rhonchi" | "wheeze" | "stridor" | CrackleCondition;
type CrackleCondition = "coarse crackle" | "fine crackle" | "wheeze+crackle";

/** A made-up person: all that stays the same over the recordings of one subject. */
export interface SyntheticSubject {
  id: string;
  age: number; // years
  sex: "female" | "male";
  heart: HeartCondition;
  lung: LungCondition;
  heartRate: number; // beats a minute
  breathRate: number; // breaths a minute
  chest: { corner: number; resonance: number; gainDb: number }; // chest wall: corner of its low-pass, and one resonance
  loudnessDb: number; // how loud this body is, dB
  device: Device;
}

/** The stethoscopes: their names stand in the manifest as `device`. */
const DEVICES = ["bell", "diaphragm", "contact"] as const;
export type Device = typeof DEVICES[number];

/** What is wrong with a subject; given by the caller, so that the shares of the diseases are exact. */
export type Conditions = Pick<SyntheticSubject, "heart" | "lung">;

/** Draws one subject. Nothing but the sound tells the conditions: age, sex and device are drawn without them. */
export function syntheticSubject(id: string, conditions: Conditions, stream: RandomStream): SyntheticSubject {
  const age = 1 + stream.integer(80);
  return {
    id,
    age,
    sex: stream.choice(["female", "male"]),
    ...conditions,
    // Resting rates fall with age from about 110 to 70 a minute (Fleming et al. 2011, Lancet 377:1011).
    heartRate: (70 + 40 * Math.exp(-age / 8)) * stream.uniform(0.85, 1.15),
    breathRate: (16 + 12 * Math.exp(-age / 8)) * stream.uniform(0.9, 1.2),
    chest: {
      corner: 250 * 2 ** stream.uniform(0, 1.5),
      resonance: 70 * 2 ** stream.uniform(0, 3),
      gainDb: stream.uniform(-9, 9),
    },
    loudnessDb: stream.uniform(-9, 9),
    device: stream.choice(DEVICES),
  };
}

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
    const a = 10 ** (gainDb / 40), a0 = 1 + alpha / a, b1 = -2 * cos / a0;
    return { b0: (1 + alpha * a) / a0, b1, b2: (1 - alpha * a) / a0, a1: b1, a2: (1 - alpha / a) / a0 };
  }
  const a0 = 1 + alpha, edge = kind === "lowpass" ? 1 - cos : 1 + cos;
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

// Each noise has a root mean square of about 1 while it sounds.

/**
 * Someone talks: a buzz with the harmonics of a voice and a hiss, in syllables. Speech is modulated at about 4 Hz
 * (Houtgast and Steeneken 1985, J Acoust Soc Am 77:1069).
 */
export function speechNoise(length: number, { sampleRate, stream }: Making): Float32Array {
  const hiss = bandNoise(length, { low: 200, high: 1200, sampleRate, stream });
  const samples = new Float32Array(length);
  for (let start = stream.uniform(0, 0.3) * sampleRate; start < length;) {
    const duration = stream.uniform(0.1, 0.3) * sampleRate;
    const pitch = stream.uniform(110, 240), glide = stream.uniform(-0.3, 0.3);
    const voiced = stream.uniform() < 0.6;
    let angle = 0;
    for (let n = Math.ceil(start); n < Math.min(length, start + duration); n++) {
      const u = (n - start) / duration;
      angle += 2 * Math.PI * pitch * (1 + glide * u) / sampleRate;
      const buzz = Math.sin(angle) + 0.8 * Math.sin(2 * angle) + 0.7 * Math.sin(3 * angle) + 0.4 * Math.sin(4 * angle);
      samples[n] = Math.sin(Math.PI * u) * (voiced ? buzz + 0.2 * hiss[n] : hiss[n]);
    }
    start += duration + stream.uniform(0.02, stream.uniform() < 0.2 ? 0.8 : 0.2) * sampleRate;
  }
  return samples;
}

/** The stethoscope rubs on skin or cloth: bursts of noise without a rhythm, each with a band of its own. */
export function frictionNoise(length: number, { sampleRate, stream }: Making): Float32Array {
  const samples = new Float32Array(length);
  for (let start = stream.uniform(0, 1) * sampleRate; start < length;) {
    const duration = Math.floor(0.03 * 30 ** stream.uniform() * sampleRate);
    const low = 60 * 2 ** stream.uniform(0, 2);
    const burst = bandNoise(duration, { low, high: low * 2 ** stream.uniform(1, 2.5), sampleRate, stream });
    const first = Math.ceil(start), strength = stream.uniform(0.4, 1.4);
    for (let n = first; n < Math.min(length, first + duration); n++) {
      const u = (n - first) / duration;
      samples[n] = strength * Math.min(1, 6 * u, 6 * (1 - u)) * burst[n - first];
    }
    start += duration + stream.uniform(0.05, 0.9) * sampleRate;
  }
  return samples;
}

/** Mains hum of 50 or 60 Hz with its harmonics. */
export function mainsNoise(length: number, { sampleRate, stream }: Making): Float32Array {
  const mains = stream.choice([50, 60]);
  const parts = [1, 2, 3, 4, 5].map((harmonic) => ({
    step: 2 * Math.PI * mains * harmonic / sampleRate,
    phase: stream.uniform(0, 2 * Math.PI),
    amplitude: stream.uniform() ** 2 * (harmonic === 1 ? 1.4 : 0.7),
  }));
  const samples = new Float32Array(length);
  for (const { step, phase, amplitude } of parts) {
    for (let n = 0; n < length; n++) samples[n] += amplitude * Math.sin(step * n + phase);
  }
  return samples;
}

/** A steady noise that swells and fades over seconds: wind, ventilation, a far machine, the patient's own breath. */
export function roomNoise(length: number, { sampleRate, stream }: Making): Float32Array {
  const low = 60 * 2 ** stream.uniform(0, 2);
  const noise = bandNoise(length, { low, high: low * 2 ** stream.uniform(1, 2.5), sampleRate, stream });
  const step = 2 * Math.PI * stream.uniform(0.1, 0.5) / sampleRate;
  const phase = stream.uniform(0, 2 * Math.PI), depth = stream.uniform(0, 0.9);
  for (let n = 0; n < length; n++) noise[n] *= 1 - depth * (0.5 + 0.5 * Math.sin(step * n + phase));
  return noise;
}
