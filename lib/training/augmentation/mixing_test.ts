import { expect } from "expect";
import fc from "fast-check";
import { randomStream } from "../../random/mod.ts";
import { concatenate, cutmix, drawBeta, type Example, mixup, patchMix } from "./mod.ts";

const [FRAMES, N_MELS] = [10, 7];

/** All values 0 and class 0, or all values 1 and class 1: the mean of a mixture is the share of the second. */
function constant(value: number): Example {
  return {
    features: new Float32Array(FRAMES * N_MELS).fill(value),
    target: new Float32Array([1 - value, value]),
    weight: 1 + value,
  };
}

function meanOf(values: Float32Array): number {
  return values.reduce((a, b) => a + b) / values.length;
}

for (const mix of [mixup, cutmix, patchMix]) {
  Deno.test(`${mix.name}() mixes classes and weights by the share of each window`, () => {
    fc.assert(fc.property(fc.integer(), fc.integer({ min: 1, max: 12 }), (seed, patch) => {
      const options = {
        shape: { frames: FRAMES, bands: N_MELS, channels: 1 },
        stream: randomStream(seed, "mix"),
        alpha: 0.8,
        patch,
      };
      const { features, target, weight } = mix(constant(0), constant(1), options);
      const share = meanOf(features);
      expect(target[1]).toBeCloseTo(share, 5);
      expect(target[0]).toBeCloseTo(1 - share, 5);
      expect(weight).toBeCloseTo(1 + share, 5);
    }));
  });
}

Deno.test("cutmix() takes one rectangle", () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const options = {
      shape: { frames: FRAMES, bands: N_MELS, channels: 1 },
      stream: randomStream(seed, "mix"),
      alpha: 1,
    };
    const { features } = cutmix(constant(0), constant(1), options);
    const taken = [...features.keys()].filter((i) => features[i] === 1);
    const frames = new Set(taken.map((i) => Math.floor(i / N_MELS)));
    const bands = new Set(taken.map((i) => i % N_MELS));
    expect(taken.length).toBe(frames.size * bands.size);
    for (const run of [frames, bands]) {
      if (run.size > 0) expect(Math.max(...run) - Math.min(...run)).toBe(run.size - 1);
    }
  }));
});

Deno.test("patchMix() takes whole patches", () => {
  fc.assert(fc.property(fc.integer(), fc.integer({ min: 1, max: 6 }), (seed, patch) => {
    const options = {
      shape: { frames: FRAMES, bands: N_MELS, channels: 1 },
      stream: randomStream(seed, "mix"),
      alpha: 1,
      patch,
    };
    const { features } = patchMix(constant(0), constant(1), options);
    const cells = new Map<string, number>();
    let whole = true;
    features.forEach((value, i) => {
      const cell = `${Math.floor(i / N_MELS / patch)},${Math.floor((i % N_MELS) / patch)}`;
      whole &&= (cells.get(cell) ?? value) === value;
      cells.set(cell, value);
    });
    expect(whole).toBe(true);
  }));
});

Deno.test("concatenate() sets the beginning of the second window behind that of the first", () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const frames = (from: number): Example => ({
      ...constant(0),
      features: Float32Array.from({ length: FRAMES * N_MELS }, (_, i) => from + Math.floor(i / N_MELS)),
    });
    const { features, target } = concatenate(frames(0), frames(100), {
      shape: { frames: FRAMES, bands: N_MELS, channels: 1 },
      stream: randomStream(seed, "c"),
    });
    const byFrame = Array.from({ length: FRAMES }, (_, frame) => features[frame * N_MELS]);
    const seam = byFrame.indexOf(100);
    expect(seam).toBeGreaterThanOrEqual(Math.floor(0.25 * FRAMES));
    expect(seam).toBeLessThanOrEqual(Math.ceil(0.75 * FRAMES));
    expect(byFrame).toEqual([...Array(FRAMES).keys()].map((frame) => frame < seam ? frame : 100 + frame - seam));
    expect([...target]).toEqual([1, 0]);
  }));
});

Deno.test("drawBeta() has the mean and variance of Beta(alpha, alpha)", () => {
  for (const alpha of [0.2, 0.4, 1, 3]) {
    const stream = randomStream(0, `beta/${alpha}`);
    const n = 20_000;
    const draws = Array.from({ length: n }, () => drawBeta(stream, alpha));
    const mean = draws.reduce((a, b) => a + b) / n;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / n;
    // Var = 1 / (4 (2 alpha + 1)); five standard errors, that of the variance at most sqrt(1/16 / n).
    const expected = 1 / (4 * (2 * alpha + 1));
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(expected / n));
    expect(Math.abs(variance - expected)).toBeLessThan(5 * Math.sqrt(1 / 16 / n));
  }
});
