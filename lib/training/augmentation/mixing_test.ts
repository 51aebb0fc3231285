import { expect } from "expect";
import fc from "fast-check";
import { randomStream } from "../../random/mod.ts";
import { drawBeta, mixup, type WindowExample } from "./mod.ts";

const SHAPE = { frames: 10, bands: 7, channels: 1 };

/** All values 0 and class 0, or all values 1 and class 1: the mean of a mixture is the share of the second. */
function constant(value: number): WindowExample {
  const features = new Float32Array(SHAPE.frames * SHAPE.bands).fill(value);
  return { features, target: new Float32Array([1 - value, value]), weight: 1 + value, ...SHAPE, mean: features };
}

Deno.test("mixup mixes classes and weights by the share of each window", () => {
  fc.assert(fc.property(fc.integer(), (seed) => {
    const example = { ...constant(0), partner: constant(1) };
    mixup.definition.apply(example, { probability: 1, alpha: 0.8 }, randomStream(seed, "mix"));
    const share = example.features.reduce((a, b) => a + b) / example.features.length;
    expect(example.target[1]).toBeCloseTo(share, 5);
    expect(example.target[0]).toBeCloseTo(1 - share, 5);
    expect(example.weight).toBeCloseTo(1 + share, 5);
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
