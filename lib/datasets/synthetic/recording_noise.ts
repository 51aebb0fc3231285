import { bandNoise, type Making } from "./making.ts";

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
