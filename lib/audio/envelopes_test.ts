import { expect } from "expect";
import fc from "fast-check";
import goldens from "./goldens/envelopes.json" with { type: "json" };
import { goldenSignal } from "./fixtures/golden_signal.ts";
import { hilbertEnvelope, homomorphicEnvelope, notch } from "./mod.ts";

const sampleRate = 1000;
const signal = (n: number) =>
  goldenSignal({ n, tones: [[1, 40], [0.5, 90, 2]], noise: { amp: 0.1, seed: 7 } }, sampleRate);

for (const { n, at, ...golden } of goldens.cases) {
  // n = 331 is a prime beyond the largest radix.
  Deno.test(`hilbertEnvelope() and homomorphicEnvelope() agree with scipy on ${n} samples`, () => {
    const hilbert = hilbertEnvelope(signal(n)), homomorphic = homomorphicEnvelope(signal(n), { sampleRate });
    at.forEach((i, k) => {
      expect(Math.abs(hilbert[i] - golden.hilbert[k])).toBeLessThan(1e-10);
      expect(Math.abs(homomorphic[i] - golden.homomorphic[k])).toBeLessThan(1e-10);
    });
  });

  Deno.test(`notch() agrees with scipy's band-stop on ${n} samples`, () => {
    const quiet = notch(Float32Array.from(signal(n)), { sampleRate });
    at.forEach((i, k) => expect(Math.abs(quiet[i] - golden.notch[k])).toBeLessThan(1e-6)); // 32-bit samples
  });
}

Deno.test("notch() takes the hum of 60 Hz and its harmonics away and leaves what lies between", () => {
  const tones = [[1, 60], [1, 120], [1, 180]];
  const hum = Float32Array.from(goldenSignal({ n: 4000, tones }, sampleRate));
  const options = { sampleRate, hz: 60, harmonics: 9 };
  expect(Math.max(...notch(hum, options).subarray(1000, 3000).map(Math.abs))).toBeLessThan(0.01);
  const between = Float32Array.from(goldenSignal({ n: 4000, tones: [[1, 90]] }, sampleRate));
  expect(Math.max(...notch(between, options).subarray(1000, 3000).map(Math.abs))).toBeGreaterThan(0.98);
});

Deno.test("hilbertEnvelope() of a tone is its amplitude, and never below the sound", () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 400 }), (n) => {
    const sound = signal(n);
    hilbertEnvelope(sound).forEach((height, i) => expect(height).toBeGreaterThan(Math.abs(sound[i]) - 1e-12));
  }));
  const tone = goldenSignal({ n: 500, tones: [[0.7, 50]] }, sampleRate); // 25 whole periods
  for (const height of hilbertEnvelope(tone)) expect(height).toBeCloseTo(0.7, 10);
});

Deno.test("homomorphicEnvelope() of silence is finite", () => {
  expect(homomorphicEnvelope(new Float32Array(100), { sampleRate }).every(Number.isFinite)).toBe(true);
});
