import { expect } from "expect";
import { presets } from "../features/mod.ts";
import { randomStream } from "../random/mod.ts";
import { descriptorSize, soundDescriptor } from "./sound_descriptor.ts";

const preset = presets.pcg, BANDS = 13;

function noise(name: string, { seconds = 4, gain = 1, beats = 0 } = {}): Float32Array {
  const stream = randomStream(0, name);
  return Float32Array.from({ length: 2000 * seconds }, (_, i) => {
    const swell = beats === 0 ? 1 : 0.02 + Math.max(0, Math.sin(2 * Math.PI * beats * i / 2000));
    return gain * swell * stream.normal() / 8;
  });
}

const of = (samples: Float32Array, sampleRate = 2000) => soundDescriptor(samples, { sampleRate, preset })!;

Deno.test("soundDescriptor() does not hear the gain", () => {
  const loud = of(noise("a")), quiet = of(noise("a", { gain: 2 ** -6 }));
  expect(quiet.length).toBe(descriptorSize);
  quiet.forEach((value, i) => expect(value).toBeCloseTo(loud[i], 3));
});

Deno.test("soundDescriptor() tells beats from steady noise: they move more, and more regularly", () => {
  const steady = of(noise("a")), beating = of(noise("a", { beats: 1 }));
  for (let i = BANDS; i < 4 * BANDS; i++) expect(beating[i]).toBeGreaterThan(steady[i]);
});

Deno.test("soundDescriptor() of white noise has one level: Slaney's bands are of equal area", () => {
  // Bands of unit area: white noise has one level in all of them, but for the edges.
  const descriptor = of(noise("a", { seconds: 60 })).subarray(1, 12);
  expect(Math.max(...descriptor) - Math.min(...descriptor)).toBeLessThan(4);
});

Deno.test("soundDescriptor() hears what the preset's band-pass would remove", () => {
  const tone = (hz: number) => noise("a").map((value, i) => 0.01 * value + Math.sin(2 * Math.PI * hz * i / 2000));
  const [low, high] = [of(tone(100)), of(tone(700))]; // pcg keeps 25-400 Hz
  const loudest = (descriptor: Float64Array) =>
    descriptor.subarray(0, 12).indexOf(Math.max(...descriptor.subarray(0, 12)));
  expect(loudest(high)).toBeGreaterThan(loudest(low) + 5);
});

Deno.test("soundDescriptor() of a third of a second is null or finite", () => {
  expect(soundDescriptor(new Float32Array(200), { sampleRate: 2000, preset })).toBeNull();
  for (const silence of [new Float32Array(8000), noise("b", { seconds: 1 })]) {
    expect([...of(silence)].every(Number.isFinite)).toBe(true);
  }
});

Deno.test("soundDescriptor() has its size for every preset", () => {
  for (const [name, other] of Object.entries(presets)) {
    const descriptor = soundDescriptor(noise("a", { seconds: 2 }), { sampleRate: 2000, preset: other })!;
    expect([name, descriptor.length, descriptor.every(Number.isFinite)]).toEqual([name, descriptorSize, true]);
  }
});
