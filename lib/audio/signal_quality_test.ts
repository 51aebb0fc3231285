import { expect } from "expect";
import fc from "fast-check";
import { randomStream } from "../random/mod.ts";
import { signalQuality } from "./mod.ts";
import { bandMovement } from "./signal_quality/band_movement.ts";
import models from "./signal_quality/models.json" with { type: "json" };
import {
  clippingShare,
  dropoutShare,
  periodicity,
  qualityIndices,
  sampleEntropy,
} from "./signal_quality/quality_indices.ts";
import { describeInput, qualityProbability } from "./signal_quality/quality_model.ts";

const sampleRate = 4000;

function noise(n: number, deviation = 0.1): Float32Array {
  const stream = randomStream(0, "quality");
  return Float32Array.from({ length: n }, () => deviation * stream.normal());
}

const tone = (hz: number, n: number) =>
  Float32Array.from({ length: n }, (_, i) => Math.sin(2 * Math.PI * hz * i / sampleRate));

Deno.test("qualityIndices() has the kurtosis of a tone (3/2) and of Gaussian noise (3)", () => {
  expect(qualityIndices(tone(250, 8000), { sampleRate }).kurtosis).toBeCloseTo(1.5, 3);
  // Standard error sqrt(24 / n).
  expect(Math.abs(qualityIndices(noise(40_000), { sampleRate }).kurtosis - 3)).toBeLessThan(5 * Math.sqrt(24 / 40_000));
});

Deno.test("qualityIndices() measures level and signal to noise in dB", () => {
  expect(qualityIndices(tone(250, 8000), { sampleRate }).level).toBeCloseTo(-10 * Math.log10(2), 3);
  // A second of a tone, a second of the same at a tenth of the height: 20 dB.
  const steps = tone(200, 8000).map((x, i) => x * (i < 4000 ? 1 : 0.1));
  expect(qualityIndices(steps, { sampleRate }).snr).toBeCloseTo(20, 1);
});

Deno.test("bandMovement() of white noise follows the widths of the bands and lies still", () => {
  const bands = bandMovement(noise(400_000), { sampleRate });
  for (const { low, high, level, flicker, swell, dip } of bands) {
    // The level of the octave 200-400 Hz lies 3 dB below that of 400-800 Hz, and so on. With the 13 bins of the former
    // the median of a sum of squares is 0.2 dB below its mean; the fewer bins of lower octaves put it further down.
    const reference = bands.find((band) => band.low === 400)!;
    const expected = reference.level + 10 * Math.log10((high - low) / 400);
    if (low >= 200) expect(Math.abs(level - expected)).toBeLessThan(0.3);
    expect(Math.max(flicker, swell, dip)).toBeLessThan(12);
  }
  const [rumble, , , , loud] = bands;
  expect(loud.flicker).toBeLessThan(rumble.flicker); // more bins, steadier sum
});

Deno.test("bandMovement() leaves out bands that the rate doesn't hold", () => {
  expect(bandMovement(noise(4000), { sampleRate: 2000 }).map(({ high }) => high)).toEqual([100, 200, 400, 800]);
  expect(bandMovement(noise(4000), { sampleRate: 4000 }).at(-1)!.high).toBe(2000);
});

Deno.test("clippingShare() counts flat tops and no others", () => {
  const clipped = tone(100, 4000).map((x) => Math.max(-0.5, Math.min(0.5, x)));
  // |sin| > 1/2 for two thirds of a period.
  expect(clippingShare(clipped)).toBeCloseTo(2 / 3, 1);
  expect(clippingShare(tone(99, 4000))).toBe(0);
  expect(clippingShare(new Float32Array(100))).toBe(0);
  expect(clippingShare(clipped.map((x) => x / 1000))).toBe(0); // too quiet to say
});

Deno.test("dropoutShare() counts stretches of 20 ms and more in which nothing changes", () => {
  const gap = noise(4000);
  gap.fill(0, 1000, 2000);
  gap.fill(0, 3000, 3040); // 10 ms
  expect(dropoutShare(gap, { sampleRate })).toBeCloseTo(0.25, 3);
});

Deno.test("periodicity() is 1 for what repeats itself within the lags and low for noise", () => {
  const beat = Float64Array.from({ length: 400 }, (_, i) => i % 16 === 0 ? 1 : 0);
  expect(periodicity(beat, { from: 6, to: 30 })).toBeCloseTo(1, 6);
  expect(periodicity(beat, { from: 6, to: 15 })).toBeLessThan(0.1);
  expect(periodicity(new Float64Array(400), { from: 6, to: 30 })).toBe(0);
});

Deno.test("sampleEntropy() counts the stretches that stay alike", () => {
  // 0 1 0 1 0 1: of the pairs of alike stretches of 2 among the first 4, all stay alike: -log 1 = 0.
  expect(sampleEntropy([0, 1, 0, 1, 0, 1])).toBeCloseTo(0, 12);
  // 0 0 1 0 0 2 by hand: only the first and the fourth stretch (0 0) are alike; 1 and 2 then differ: log of 6 pairs.
  expect(sampleEntropy([0, 0, 1, 0, 0, 2])).toBeCloseTo(Math.log(6), 12);
  // White Gaussian noise, tolerance 0.2: -log P(|difference| < 0.2 sd) = -log erf(0.1) = 2.185.
  expect(Math.abs(sampleEntropy(Float64Array.from(noise(3000))) - 2.185)).toBeLessThan(0.1);
});

Deno.test("qualityProbability() is the logistic function of the weighed indices", () => {
  const indices = qualityIndices(noise(8000), { sampleRate });
  const weights = { snr: { mean: 1, deviation: 2, weight: 0.5 }, unknown: { mean: 0, deviation: 1, weight: 9 } };
  const { probability } = qualityProbability(indices, { weights, bias: -1, poor: 0.5, unusable: 0.9 });
  expect(probability).toBeCloseTo(1 / (1 + Math.exp(1 - 0.5 * (indices.snr - 1) / 2)), 12);
});

Deno.test("describeInput() has a phrase for every input of the models", () => {
  for (const [name, { mean }] of [models.lung, models.heart].flatMap(({ weights }) => Object.entries(weights))) {
    const phrase = describeInput({ name, value: 1, mean });
    expect(phrase).toMatch(/\(usual: [-\d.e+]+( dB)?\)$/);
    if (name !== "entropy") expect(phrase).not.toMatch(/entropy/);
  }
  expect(describeInput({ name: "flicker 200-400 Hz", value: 4.26, mean: 3 })).toBe(
    "the sound at 200-400 Hz changes by 4.3 dB from moment to moment (usual: 3.0 dB)",
  );
});

Deno.test("signalQuality() calls silence, gaps, clipping and fragments what they are", () => {
  const judge = (samples: Float32Array) => signalQuality(samples, { sampleRate });
  expect(judge(new Float32Array(20_000))).toMatchObject({ verdict: "unusable" });
  expect(judge(noise(1000)).reasons[0]).toBe("it lasts 0.25 s only");
  const gap = noise(20_000).fill(0, 0, 12_000);
  expect(judge(gap)).toMatchObject({ verdict: "unusable" });
  expect(judge(gap).reasons[0]).toBe("60.0 % of the time nothing was recorded");
  const clipped = noise(20_000).map((x) => Math.max(-0.03, Math.min(0.03, x)));
  expect(judge(clipped).reasons[0]).toMatch(/% of the samples are clipped/);
});

Deno.test("signalQuality() answers every sound with finite indices, whatever its length", () => {
  fc.assert(
    fc.property(
      fc.array(fc.float({ min: -1, max: 1, noNaN: true }), { minLength: 1, maxLength: 3000 }),
      fc.constantFrom(500, 1000, 2000, 8000),
      fc.constantFrom<"lung" | "heart">("lung", "heart"),
      (values, rate, sound) => {
        const { probability, indices } = signalQuality(Float32Array.from(values), { sampleRate: rate, sound });
        const { bands, ...others } = indices;
        const numbers = [probability, ...Object.values(others), ...bands.flatMap((band) => Object.values(band))];
        expect(numbers.every(Number.isFinite)).toBe(true);
      },
    ),
    { numRuns: 40 },
  );
});

Deno.test("signalQuality() refuses NaN, no samples and rates that hold no heart sound", () => {
  expect(() => signalQuality(Float32Array.of(NaN), { sampleRate })).toThrow(/NaN at sample 0/);
  expect(() => signalQuality(new Float32Array(0), { sampleRate })).toThrow(/found none/);
  const slow = signalQuality(Float32Array.from({ length: 900 }, (_, i) => Math.sin(i) / 4), { sampleRate: 100 });
  expect(slow).toMatchObject({
    verdict: "unusable",
    reasons: expect.arrayContaining([expect.stringContaining("100 Hz")]),
  });
});
