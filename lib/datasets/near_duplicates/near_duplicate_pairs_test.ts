import { expect } from "expect";
import fc from "fast-check";
import { syntheticDataset } from "../synthetic/synthetic_dataset.ts";
import { randomStream } from "../../random/mod.ts";
import { crossCorrelation, leastOverlap, nearDuplicatePairs, thumbnail } from "./near_duplicate_pairs.ts";

const settings = { seed: 5, subjects: 10, recordings: 2, heartSeconds: 6, lungSeconds: 8, unusable: 0 };
const hearts = [...syntheticDataset({ ...settings, kind: "heart" })].map(({ samples }) => samples);
const lungs = [...syntheticDataset({ ...settings, kind: "lung" })].map(({ samples }) => samples);
const thumbnails = (signals: Float32Array[]) => signals.map((samples) => thumbnail(samples, 4000));

/** The sound with white noise of its own, at a power of `share` of it. */
function noisy(samples: Float32Array, share: number): Float32Array {
  const stream = randomStream(1, "noise");
  const power = samples.reduce((sum, value) => sum + value * value, 0) / samples.length;
  return samples.map((value) => value + Math.sqrt(share * power) * stream.normal());
}

for (const [name, sounds] of [["hearts", hearts], ["lungs", lungs]] as const) {
  Deno.test(`nearDuplicatePairs() finds no pair among twenty recordings of ten ${name}`, () => {
    expect(nearDuplicatePairs(thumbnails([...sounds]), { threshold: 0.95 })).toEqual([]);
  });

  Deno.test(`nearDuplicatePairs() finds copies of ${name}: softer, upside down, cut elsewhere, with some noise`, () => {
    const copies = [
      sounds[0].map((value) => value / 10),
      sounds[3].map((value) => -value),
      sounds[6].subarray(4321),
      sounds[9].subarray(0, 16_000),
      noisy(sounds[12], 0.05), // most of it beyond 400 Hz
    ];
    const found = nearDuplicatePairs(thumbnails([...sounds, ...copies]), { threshold: 0.95 });
    expect(found.map(({ a, b }) => [a, b])).toEqual([[0, 20], [3, 21], [6, 22], [9, 23], [12, 24]]);
    expect(found[0].correlation).toBeGreaterThan(0.999);
    expect(found[1].correlation).toBeLessThan(-0.999);
    expect(found[2].lag).toBeCloseTo(4321 / 4000, 2); // a is behind by what was cut away
  });
}

Deno.test("crossCorrelation() by FFT gives what the formula gives", () => {
  const signal = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 4, maxLength: 60 }).map((x) =>
    Int16Array.from(x)
  );
  fc.assert(fc.property(signal, signal, (a, b) => {
    const least = leastOverlap(a, b);
    let best = 0;
    for (let lag = -b.length; lag <= a.length; lag++) {
      let product = 0, energyA = 0, energyB = 0, overlap = 0;
      for (let n = 0; n < b.length; n++) {
        if (n + lag < 0 || n + lag >= a.length) continue;
        overlap++;
        product += a[n + lag] * b[n];
        energyA += a[n + lag] ** 2;
        energyB += b[n] ** 2;
      }
      if (overlap >= least && energyA * energyB > 0) {
        best = Math.max(best, Math.abs(product) / Math.sqrt(energyA * energyB));
      }
    }
    // 32-bit transforms of 128 points: some 1e-6 of the signals' norms, which an overlap of half holds a share of.
    expect(Math.abs(Math.abs(crossCorrelation(a, b).correlation) - best)).toBeLessThan(1e-3);
  }));
});

Deno.test("thumbnail() is empty for silence and for next to nothing", () => {
  expect(thumbnail(new Float32Array(4000), 4000).length).toBe(0);
  expect(thumbnail(new Float32Array(10).fill(0.1), 4000).length).toBe(0);
  expect(thumbnail(hearts[0], 4000).length).toBe(6000);
});
