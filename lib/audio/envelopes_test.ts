import { expect } from "expect";
import fc from "fast-check";
import goldens from "./goldens/envelopes.json" with { type: "json" };
import { goldenSignal } from "./fixtures/golden_signal.ts";
import { hilbertEnvelope, homomorphicEnvelope } from "./mod.ts";

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
}

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
