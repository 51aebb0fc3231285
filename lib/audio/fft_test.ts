import { expect } from "expect";
import fc from "fast-check";
import { complexFft } from "./fft/complex_fft.ts";
import { realFft } from "./fft.ts";

// PFFFT's lengths (256, 480, 2048), mixed radices (100, 400), odd (1, 9, 375), primes below and above the largest
// radix (31, 37, 251), and products with those (74, 502).
const LENGTHS = [1, 2, 3, 4, 6, 9, 16, 31, 37, 64, 74, 100, 251, 256, 375, 400, 480, 502, 2048];

/** The definition: X[k] = sum of x[n] exp(-2πi nk / N), in 64 bits. */
function definition(frame: ArrayLike<number>, k: number): [number, number] {
  let re = 0, im = 0;
  for (let n = 0; n < frame.length; n++) {
    const angle = 2 * Math.PI * ((n * k) % frame.length) / frame.length;
    re += frame[n] * Math.cos(angle);
    im -= frame[n] * Math.sin(angle);
  }
  return [re, im];
}

/** Values in [-1, 1) of a linear congruential generator. */
function noise(length: number): Float32Array {
  let state = 1;
  return Float32Array.from({ length }, () => {
    state = (1664525 * state + 1013904223) % 2 ** 32;
    return state / 2 ** 31 - 1;
  });
}

for (const nFft of LENGTHS) {
  Deno.test(`realFft(${nFft}) is the Fourier sum, and its inverse undoes it`, () => {
    const frame = noise(nFft);
    const { nBins, forward, inverse } = realFft(nFft);
    const spectrum = new Float32Array(2 * nBins);
    forward(frame, spectrum);
    // 32 bits: rounding of 6e-8 grows with the root of the energy, times log2(n) passes.
    const bound = 6e-8 * Math.sqrt(nFft) * (2 + Math.log2(nFft)) * 2;
    for (let k = 0; k < nBins; k++) {
      const [re, im] = definition(frame, k);
      expect(Math.abs(spectrum[2 * k] - re)).toBeLessThan(bound);
      expect(Math.abs(spectrum[2 * k + 1] - im)).toBeLessThan(bound);
    }
    const back = new Float32Array(nFft);
    inverse(spectrum, back);
    for (let i = 0; i < nFft; i++) expect(Math.abs(back[i] - frame[i])).toBeLessThan(bound);
  });
}

Deno.test("complexFft() of any length is the Fourier sum within 64-bit rounding", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 140 }), (n) => {
      const re = Float64Array.from(noise(n)), im = Float64Array.from(noise(n + 7).subarray(7));
      const original = [re.slice(), im.slice()];
      complexFft(n)(re, im);
      for (let k = 0; k < n; k++) {
        const [a, b] = [definition(original[0], k), definition(original[1], k)];
        expect(Math.abs(re[k] - (a[0] - b[1]))).toBeLessThan(1e-12 * n);
        expect(Math.abs(im[k] - (a[1] + b[0]))).toBeLessThan(1e-12 * n);
      }
    }),
    { numRuns: 60 },
  );
});

Deno.test("realFft() keeps the energy (Parseval)", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 600 }), (nFft) => {
      const frame = noise(nFft);
      const { nBins, forward } = realFft(nFft);
      const spectrum = new Float32Array(2 * nBins);
      forward(frame, spectrum);
      let energy = 0;
      for (let k = 0; k < nBins; k++) {
        const twice = k === 0 || 2 * k === nFft ? 1 : 2; // its negative frequency
        energy += twice * (spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2) / nFft;
      }
      const expected = frame.reduce((sum, x) => sum + x * x, 0);
      expect(Math.abs(energy / expected - 1)).toBeLessThan(1e-5);
    }),
    { numRuns: 60 },
  );
});

Deno.test("realFft() refuses lengths that are none", () => {
  for (const nFft of [0, -4, 2.5, NaN]) expect(() => realFft(nFft)).toThrow(/one sample or more but found/);
});
