import { expect } from "expect";
import { decode } from "fast-png";
import { decodeAudio } from "../audio/mod.ts";
import { heatPng, MAGMA, playableSound, spectrogramPng, waveformPath } from "./mod.ts";

const bytes = (address: string) => Uint8Array.fromBase64(address.slice(address.indexOf(",") + 1));

Deno.test("spectrogramPng() puts time to the right, bands upwards and the loudest in the lightest colour", () => {
  const logMel = Float32Array.of(-40, -20, 0, -80); // [2 frames, 2 bands]
  const { width, height, data, palette } = decode(spectrogramPng(logMel, { frames: 2, bands: 2 }));
  expect([width, height]).toEqual([2, 2]);
  // Top row: band 1 of both frames; -20 of the range -80 to 0 is three quarters of 255.
  expect([...data]).toEqual([191, 0, 128, 255]);
  expect(palette![255]).toEqual([...MAGMA[255]]);
});

Deno.test("spectrogramPng() of a constant is one colour", () => {
  expect([...decode(spectrogramPng(new Float32Array(4).fill(-12), { frames: 2, bands: 2 })).data])
    .toEqual([0, 0, 0, 0]);
});

Deno.test("heatPng() is clear where the network looked and dark where it didn't", () => {
  const { data } = decode(heatPng(Float32Array.of(1, 0), { frames: 1, bands: 2 }));
  expect([...data]).toEqual([0, 0, 0, 215, 0, 0, 0, 0]);
});

Deno.test("playableSound() is loud, of 16 bits, and not faster than asked for", async () => {
  const samples = Float32Array.from({ length: 8000 }, (_, i) => 0.01 * Math.sin(2 * Math.PI * 100 * i / 8000));
  const sound = await decodeAudio(bytes(playableSound(samples, { from: 8000, to: 4000 })), "a.wav");
  expect(sound.sampleRate).toBe(4000);
  expect(sound.duration).toBe(1);
  expect(Math.max(...sound.samples)).toBeCloseTo(0.97, 3);
});

Deno.test("playableSound() is never slower than browsers play", async () => {
  const samples = Float32Array.from({ length: 2000 }, (_, i) => Math.sin(2 * Math.PI * 50 * i / 2000));
  const sound = await decodeAudio(bytes(playableSound(samples, { from: 2000, to: 8000 })), "a.wav");
  expect([sound.sampleRate, sound.duration]).toEqual([3000, 1]);
});

Deno.test("playableSound() keeps silence silent", async () => {
  const sound = await decodeAudio(bytes(playableSound(new Float32Array(100), { from: 4000, to: 8000 })), "a.wav");
  expect(Math.max(...sound.samples)).toBe(0);
});

Deno.test("waveformPath() reaches the extremes of the signal, and is a thin line for silence", () => {
  const samples = new Float32Array(1000);
  samples[500] = 0.5;
  samples[700] = -0.5;
  const heights = [...waveformPath(samples).matchAll(/ (-?[\d.]+)/g)].map(([, y]) => Number(y));
  expect(Math.min(...heights)).toBe(0);
  expect(Math.max(...heights)).toBe(2);
  expect(waveformPath(new Float32Array(1000))).not.toContain("NaN");
});
