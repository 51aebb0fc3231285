import { expect } from "expect";
import { drawNoise } from "./draw_noise.ts";

const n = 200_001;

Deno.test("drawNoise() keeps the share that the rate says", () => {
  for (const rate of [0.1, 0.5, 0.85]) {
    const mask = drawNoise({ name: "a", kind: "keep", rate, shape: [n] }, { seed: 1, step: 2 });
    let kept = 0;
    for (const bit of mask) kept += bit;
    // Binomial: five standard deviations.
    expect(Math.abs(kept - n * (1 - rate))).toBeLessThan(5 * Math.sqrt(n * rate * (1 - rate)));
  }
});

Deno.test("drawNoise() draws normal deviates", () => {
  const values = drawNoise({ name: "a", kind: "normal", rate: 0, shape: [n] }, { seed: 1, step: 2 });
  let [mean, square, fourth] = [0, 0, 0];
  for (const value of values) {
    mean += value / n;
    square += value ** 2 / n;
    fourth += value ** 4 / n;
  }
  // Moments 0, 1 and 3, their estimates within five standard errors (variances 1, 2 and 96 over n).
  expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(n));
  expect(Math.abs(square - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
  expect(Math.abs(fourth - 3)).toBeLessThan(5 * Math.sqrt(96 / n));
});

Deno.test("drawNoise() repeats itself for seed, step and name only", () => {
  const noise = { name: "a", kind: "keep", rate: 0.5, shape: [64] } as const;
  const drawn = drawNoise(noise, { seed: 1, step: 2 });
  expect(drawNoise(noise, { seed: 1, step: 2 })).toEqual(drawn);
  expect(drawNoise(noise, { seed: 2, step: 2 })).not.toEqual(drawn);
  expect(drawNoise(noise, { seed: 1, step: 3 })).not.toEqual(drawn);
  expect(drawNoise({ ...noise, name: "b" }, { seed: 1, step: 2 })).not.toEqual(drawn);
});
