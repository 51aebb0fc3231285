import { randomStream } from "../../../random/mod.ts";
import { sizeOf } from "../onnx/rearrange.ts";
import type { Noise } from "../program.ts";

/**
 * The random numbers of one layer in one step: they depend on nothing but seed, name and step, so that a run that goes
 * on from a checkpoint draws what the uninterrupted one drew.
 */
export function drawNoise(noise: Noise, { seed, step }: { seed: number; step: number }): Uint8Array | Float32Array {
  const key = randomStream(seed, `${noise.name}/${step}`).integer(2 ** 32);
  const length = sizeOf(noise.shape);
  return noise.kind === "keep" ? keepMask(key, length, noise.rate) : normalDeviates(key, length);
}

/** The noise that replica `index` draws for a layer: that of a single session for the first, another for each other. */
export function replicaNoise(noise: Noise, { seed, step, index }: { seed: number; step: number; index: number }) {
  const name = index === 0 ? noise.name : `${noise.name} of replica ${index}`;
  return drawNoise({ ...noise, name }, { seed, step });
}

/** 16 random bits decide on an element, so that the rate is exact within 1 / 65,536. */
function keepMask(key: number, length: number, rate: number): Uint8Array {
  const mask = new Uint8Array(length);
  const limit = Math.round(rate * 65536);
  for (let i = 0; i < length; i += 2) {
    const word = randomWord(key, i >> 1);
    mask[i] = (word & 0xffff) >= limit ? 1 : 0;
    if (i + 1 < length) mask[i + 1] = word >>> 16 >= limit ? 1 : 0;
  }
  return mask;
}

/** Box-Muller, two at a time. */
function normalDeviates(key: number, length: number): Float32Array {
  const deviates = new Float32Array(length);
  for (let i = 0; i < length; i += 2) {
    const radius = Math.sqrt(-2 * Math.log((randomWord(key, i) + 1) / 2 ** 32));
    const angle = 2 * Math.PI * randomWord(key, i + 1) / 2 ** 32;
    deviates[i] = radius * Math.cos(angle);
    if (i + 1 < length) deviates[i + 1] = radius * Math.sin(angle);
  }
  return deviates;
}

/** The `at`-th of a sequence of 32-bit words (Steele et al. 2014: a Weyl sequence under MurmurHash3's final mix). */
function randomWord(key: number, at: number): number {
  let word = (key + Math.imul(at + 1, 0x9e3779b9)) | 0;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return (word ^ (word >>> 16)) >>> 0;
}
