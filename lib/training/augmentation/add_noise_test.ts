import { expect } from "expect";
import fc from "fast-check";
import { randomStream } from "../../random/mod.ts";
import { addNoise } from "./mod.ts";

const tone = Float32Array.from({ length: 4000 }, (_, i) => Math.sin(2 * Math.PI * 100 * i / 4000));

function power(samples: Float32Array): number {
  return samples.reduce((sum, value) => sum + value * value, 0) / samples.length;
}

Deno.test("addNoise() adds white, pink or recorded noise at the ratio that was asked for", () => {
  const recorded = new Float32Array([1, -1, 0.5, 0]);
  fc.assert(
    fc.property(fc.integer(), fc.double({ min: -10, max: 40, noNaN: true }), (seed, snr) => {
      for (const noise of ["white", "pink", recorded] as const) {
        const noisy = addNoise(tone, { stream: randomStream(seed, "noise"), snr, noise });
        const added = noisy.map((value, i) => value - tone[i]);
        expect(10 * Math.log10(power(tone) / power(added))).toBeCloseTo(snr, 1);
      }
    }),
    { numRuns: 10 },
  );
});

Deno.test("addNoise() of kind pink falls by about 3 dB an octave", () => {
  const length = 1 << 15;
  const quiet = new Float32Array(length).fill(1e-4);
  const noise = addNoise(quiet, { stream: randomStream(0, "noise"), snr: -40, noise: "pink" });
  /** Mean power of 64 bins of an octave, by the sum that defines the Fourier transform. */
  const octave = (from: number) => {
    let sum = 0;
    for (let bin = from; bin < 2 * from; bin += from / 64) {
      let [re, im] = [0, 0];
      for (let i = 0; i < length; i++) {
        const phase = 2 * Math.PI * bin * i / length;
        re += noise[i] * Math.cos(phase);
        im += noise[i] * Math.sin(phase);
      }
      sum += re * re + im * im;
    }
    return sum / 64;
  };
  const fall = 10 * Math.log10(octave(512) / octave(4096)) / 3;
  // The mean of 64 exponential deviates has a deviation of 12 %, 0.54 dB: five of them over three octaves, and the
  // filter's own 0.5 dB.
  expect(Math.abs(fall - 3.01)).toBeLessThan(5 * 0.54 * Math.SQRT2 / 3 + 0.5);
});

Deno.test("addNoise() leaves silence silent and refuses silent noise", () => {
  const stream = randomStream(0, "noise");
  expect(addNoise(new Float32Array(4), { stream, snr: 10 })).toEqual(new Float32Array(4));
  expect(() => addNoise(tone, { stream, snr: 10, noise: new Float32Array(3) })).toThrow(/heard but found silence/);
  expect(() => addNoise(tone, { stream, snr: 10, noise: new Float32Array() })).toThrow(/0 samples/);
});
