import { expect } from "expect";
import fc from "fast-check";
import { describeFrames } from "./describe_frames.ts";

const options = { sampleRate: 4000, nFft: 256, hopLength: 128 };

Deno.test("describeFrames() of a tone: its frequency, its crossings, its level, no spread", async () => {
  const tone = Float32Array.from({ length: 4000 }, (_, n) => 0.5 * Math.sin(2 * Math.PI * 500 * n / 4000 + 1));
  const { time, ...row } = (await describeFrames(tone, options))[10];
  expect(time).toBeCloseTo(0.32);
  expect(row.rms).toBeCloseTo(0.5 / Math.SQRT2, 5);
  // 32 periods in a frame: 63 or 64 changes of sign within it.
  expect(Math.abs(row.zeroCrossings - 1000)).toBeLessThanOrEqual(4000 / 256);
  expect(row.spectralCentroid).toBeCloseTo(500, 1);
  expect(row.spectralFlux).toBeLessThan(1e-3);
  // Hann's three lines: 1/2, 1, 1/2, so the variance is half a bin squared.
  expect(row.spectralSpread).toBeCloseTo(4000 / 256 * Math.SQRT1_2, 1);
  expect(row.spectralFlatness).toBeLessThan(1e-3);
});

Deno.test("describeFrames() of an impulse: a flat spectrum", async () => {
  const impulse = new Float32Array(1024);
  impulse[512] = 1;
  const row = (await describeFrames(impulse, options))[4];
  expect(row.spectralFlatness).toBeCloseTo(1, 4);
  expect(row.spectralCrest).toBeCloseTo(1, 4);
  expect(row.spectralCentroid).toBeCloseTo(1000, 2);
  // Its flux is the spectrum that came out of silence: 129 amplitudes of 1, less those that the frame before held.
  expect(row.spectralFlux).toBeCloseTo(Math.sqrt(129), 3);
});

Deno.test("describeFrames() gives zeros for silence and numbers for anything", async () => {
  const rows = await describeFrames(new Float32Array(600), options);
  for (const { time, ...row } of rows) {
    expect([time >= 0, Object.values(row).every((value) => value === 0)]).toEqual([true, true]);
  }
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 600 }),
      async (values) => {
        for (const row of await describeFrames(Float32Array.from(values), options)) {
          expect(Object.values(row).every(Number.isFinite)).toBe(true);
        }
      },
    ),
    { numRuns: 30 },
  );
});
