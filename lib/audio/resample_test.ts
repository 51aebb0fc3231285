import { expect } from "expect";
import fc from "fast-check";
import goldens from "./goldens/filters.json" with { type: "json" };
import { goldenSignal } from "./fixtures/golden_signal.ts";
import { resample } from "./mod.ts";

function tone(hz: number, { sampleRate, n }: { sampleRate: number; n: number }): Float32Array {
  return Float32Array.from({ length: n }, (_, i) => Math.sin(2 * Math.PI * ((hz * i) % sampleRate) / sampleRate));
}

/** The middle half, where the silence around the signal isn't heard. */
function middle(samples: Float32Array): Float32Array {
  return samples.subarray(samples.length >> 2, samples.length - (samples.length >> 2));
}

/** Level in dB of a tone of amplitude 1. */
function level(samples: Float32Array): number {
  const power = samples.reduce((sum, x) => sum + x * x, 0) / samples.length;
  return 10 * Math.log10(Math.max(2 * power, 1e-30));
}

/** Largest difference from the tone at the new rate. */
function toneError(samples: Float32Array, hz: number, sampleRate: number): number {
  const ideal = tone(hz, { sampleRate, n: samples.length });
  return Math.max(...middle(samples.map((x, i) => Math.abs(x - ideal[i]))));
}

for (const { from, to, n_in, n_out_expected_ceil, pass_hz, stop_hz, limits, lengths } of goldens.resample) {
  const title = `${from} Hz to ${to} Hz`;

  Deno.test(`resample() keeps the tones of the pass band from ${title}`, () => {
    for (const hz of pass_hz) {
      const output = resample(tone(hz, { sampleRate: from, n: n_in }), { from, to });
      expect(output.length).toBe(n_out_expected_ceil);
      expect(Math.abs(level(middle(output)))).toBeLessThan(limits.good_pass_gain_db_abs_max);
      // Up-sampling leaves images: what is not the tone.
      const image = 10 ** (limits.good_image_level_db_max / 20);
      expect(toneError(output, hz, to)).toBeLessThan(to > from ? image : limits.good_pass_max_abs_err);
    }
  });

  Deno.test(`resample() leaves no aliases or images from ${title}`, () => {
    for (const hz of stop_hz) {
      const output = resample(tone(hz, { sampleRate: from, n: n_in }), { from, to });
      expect(level(middle(output))).toBeLessThan(limits.good_stop_level_db_max);
    }
  });

  Deno.test(`resample() makes ceil(n * to / from) samples from ${title}`, () => {
    for (const [n, expected] of lengths) expect(resample(new Float32Array(n), { from, to }).length).toBe(expected);
  });
}

// The promise of the pass band and the stop band, tone by tone up to its very edges.
for (const [from, to] of [[44100, 4000], [8000, 4000], [4000, 2000], [48000, 2000], [4000, 16000], [11025, 4000]]) {
  const nyquist = Math.min(from, to) / 2;

  Deno.test(`resample() is flat within 0.001 dB up to 0.9 of Nyquist from ${from} Hz to ${to} Hz`, () => {
    for (const share of [0.01, 0.3, 0.6, 0.8, 0.85, 0.9]) {
      const output = resample(tone(share * nyquist, { sampleRate: from, n: 2 * from }), { from, to });
      const ideal = tone(share * nyquist, { sampleRate: to, n: output.length });
      expect(Math.abs(level(middle(output)) - level(middle(ideal)))).toBeLessThan(0.001);
    }
  });

  if (to < from) {
    Deno.test(`resample() lets no alias above -95 dB through from ${from} Hz to ${to} Hz`, () => {
      for (let hz = nyquist; hz < from / 2; hz += (from / 2 - nyquist) / 12) {
        const output = resample(tone(hz + 1, { sampleRate: from, n: from }), { from, to });
        expect(level(middle(output))).toBeLessThan(-95);
      }
    });
  }
}

Deno.test("resample() there and back gives a band-limited sound again", () => {
  const formula = { n: 4000, tones: [[0.5, 50], [0.25, 333], [0.1, 700, 3]] };
  const sound = Float32Array.from(goldenSignal(formula, 2000));
  for (const rate of [4000, 44100, 3000]) {
    const back = resample(resample(sound, { from: 2000, to: rate }), { from: rate, to: 2000 });
    expect(back.length).toBeGreaterThanOrEqual(sound.length);
    // Two passes of 100 dB each and rounding to 32 bits.
    for (let i = 1000; i < 3000; i++) expect(Math.abs(back[i] - sound[i])).toBeLessThan(4e-5);
  }
});

Deno.test("resample() keeps a constant, whatever the fraction between the rates", () => {
  fc.assert(
    fc.property(fc.integer({ min: 500, max: 50_000 }), fc.integer({ min: 500, max: 50_000 }), (from, to) => {
      const seconds = 0.5;
      const output = resample(new Float32Array(Math.ceil(from * seconds)).fill(1), { from, to });
      expect(Math.abs(output[output.length >> 1] - 1)).toBeLessThan(1e-4);
      expect(output.every(Number.isFinite)).toBe(true);
    }),
    { numRuns: 25 },
  );
});

Deno.test("resample() is linear", () => {
  const a = Float32Array.from(goldenSignal({ n: 300, noise: { amp: 1, seed: 1 } }, 1));
  const b = Float32Array.from(goldenSignal({ n: 300, noise: { amp: 1, seed: 2 } }, 1));
  const rates = { from: 10_000, to: 4000 };
  const sum = resample(a.map((x, i) => x + b[i]), rates);
  const parts = [resample(a, rates), resample(b, rates)];
  sum.forEach((x, i) => expect(Math.abs(x - parts[0][i] - parts[1][i])).toBeLessThan(1e-6));
});

Deno.test("resample() refuses rates of 0, no samples and NaN", () => {
  const sound = new Float32Array(8);
  expect(() => resample(sound, { from: 0, to: 4000 })).toThrow(/rate above 0 Hz but found 0 Hz/);
  expect(() => resample(sound, { from: 4000, to: NaN })).toThrow(/found NaN Hz/);
  expect(() => resample(new Float32Array(0), { from: 2, to: 1 })).toThrow(/one sample but found none/);
  expect(() => resample(Float32Array.of(0, NaN), { from: 2, to: 1 })).toThrow(/NaN at sample 1/);
});
