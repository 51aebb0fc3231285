import { expect } from "expect";
import fc from "fast-check";
import { drawResponse, logMel, openInput, type PresetName, presets } from "../../features/mod.ts";
import { randomStream } from "../../random/mod.ts";
import { deviceResponse, type WindowExample } from "./mod.ts";

const PLAIN = { tilt: 0, peaks: 0, range: 0, gain: 0, noise: -200 };
const spectrumOf = (preset: PresetName) => openInput({ preset, seconds: 1, padding: "zero" }).spectrum!;

/** What the augmentation makes of a window of one channel. */
function heard(
  features: Float32Array,
  { preset = "respirenet", seed = 0, ...change }: { preset?: PresetName; seed?: number } & Partial<typeof PLAIN>,
): Float32Array {
  const spectrum = spectrumOf(preset), bands = spectrum.bandsHz.length;
  const rest = { target: Float32Array.of(1), weight: 1, mean: new Float32Array(bands), channels: 1 };
  const example: WindowExample = {
    ...rest,
    features: features.slice(),
    bands,
    frames: features.length / bands,
    spectrum,
  };
  deviceResponse.definition.apply(example, { ...PLAIN, ...change }, randomStream(seed, "device"));
  return example.features;
}

/** A quarter of a second of tones all over the spectrum, each as loud as `level` says, dB. */
function tones(sampleRate: number, level: (hz: number) => number): Float32Array {
  const random = randomStream(1, "tones"), sound = new Float32Array(sampleRate / 4);
  for (let hz = 5; hz < sampleRate / 2; hz += random.uniform(8, 20)) {
    const phase = random.uniform(0, 2 * Math.PI), loud = 10 ** ((level(hz) + random.uniform(-6, 6)) / 20);
    for (let n = 0; n < sound.length; n++) sound[n] += loud * Math.sin(2 * Math.PI * hz * n / sampleRate + phase);
  }
  return sound;
}

Deno.test("deviceResponse() gives what the filtered sound gives, in dB, in ln and standardised", () => {
  for (const preset of ["respirenet", "ast", "dbres"] as const) {
    const { sampleRate, normalization } = presets[preset];
    const unit = (presets[preset].log.kind === "decibel" ? 1 : 10 / Math.LN10) *
      (presets[preset].power === 1 ? 2 : 1) * ("deviation" in normalization ? normalization.deviation : 1);
    for (const seed of [1, 2]) {
      const ranges = { ...PLAIN, tilt: 3, peaks: 3, range: 9, gain: 6 };
      const response = drawResponse(ranges, spectrumOf(preset).bandsHz, randomStream(seed, "device"));
      const before = logMel(tones(sampleRate, () => -40), presets[preset]).data;
      const filtered = logMel(tones(sampleRate, (hz) => response(hz) - 40), presets[preset]).data;
      const off = heard(before, { preset, seed, ...ranges }).map((value, i) => unit * Math.abs(value - filtered[i]));
      const mean = off.reduce((sum, one) => sum + one / off.length, 0);
      expect(mean).toBeLessThan(0.3); // dB: a response isn't constant over a band
    }
  }
});

Deno.test("deviceResponse() lays one floor of noise under all bands, against the loudest", () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const silent = new Float32Array(128).fill(-80);
    silent[5] = 0;
    const noisy = heard(silent, { noise: -20, seed });
    expect(noisy[5]).toBeCloseTo(0, 4);
    const floor = noisy[0];
    expect(floor).toBeGreaterThan(-60.1);
    expect(floor).toBeLessThan(-19.9);
    expect(new Set(noisy).size).toBe(2);
  }));
});

Deno.test("deviceResponse() makes louder only where levels aren't told against the loudest", () => {
  const dB = logMel(tones(4000, () => -40), presets.respirenet).data;
  expect(Math.max(...heard(dB, { gain: 6 }).map((value, i) => Math.abs(value - dB[i])))).toBeLessThan(1e-3);
  const natural = logMel(tones(16000, () => -40), presets.m2d).data;
  const [first, ...others] = heard(natural, { gain: 6, preset: "m2d" }).map((value, i) => value - natural[i]);
  expect(Math.abs(first)).toBeLessThan(6 / 10 * Math.LN10);
  for (const change of others) expect(change).toBeCloseTo(first, 2); // ln(S + offset)
});

Deno.test("drawResponse() stays within its ranges and turns about the middle octave", () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const draw = (ranges: Parameters<typeof drawResponse>[0]) =>
      drawResponse(ranges, [25, 800], randomStream(seed, "response"));
    const slope = draw({ ...PLAIN, tilt: 3 });
    expect(slope(Math.sqrt(25 * 800))).toBeCloseTo(0, 9);
    expect(slope(800) - slope(400)).toBeCloseTo(slope(50) - slope(25), 9);
    expect(Math.abs(slope(800) - slope(400))).toBeLessThanOrEqual(3);
    const bumps = draw({ ...PLAIN, peaks: 2, range: 5 });
    for (const hz of [25, 100, 800]) expect(Math.abs(bumps(hz))).toBeLessThanOrEqual(10);
  }));
});
