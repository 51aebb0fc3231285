import { expect } from "expect";
import fc from "fast-check";
import { type ExampleSource, featureStatistics, standardise } from "./mod.ts";

/** Windows of two frames of two bands. */
function sourceOf(values: number[][]): ExampleSource {
  const labels = new Int32Array(values.length);
  const shape = { count: values.length, frames: 2, bands: 2, channels: 1, classes: 2 };
  return { ...shape, labels, read: (index, into, offset) => into.set(values[index], offset) };
}

Deno.test("featureStatistics() is mean and deviation of each band over frames and windows, of those asked for", () => {
  const source = sourceOf([[1, 10, 3, 10], [5, 10, 7, 10], [1000, 1000, 1000, 1000]]);
  const { mean, std } = featureStatistics(source, new Int32Array([0, 1]));
  expect([...mean]).toEqual([4, 10]);
  // Population deviation of 1, 3, 5, 7 is sqrt(5); a constant band gets 1.
  expect(std[0]).toBeCloseTo(Math.sqrt(5), 6);
  expect(std[1]).toBe(1);
});

Deno.test("standardise() leaves mean 0 and deviation 1, at any offset of the values", () => {
  fc.assert(fc.property(fc.integer({ min: -1e5, max: 1e5 }), (offset) => {
    const source = sourceOf([[0, 1, 2, 5], [4, 2, 6, 8]].map((row) => row.map((value) => value + offset)));
    const indices = new Int32Array([0, 1]);
    const statistics = featureStatistics(source, indices);
    const all = new Float32Array(8);
    indices.forEach((index) => source.read(index, all, index * 4));
    standardise(all, statistics);
    const [low, high] = [0, 1].map((band) => all.filter((_, i) => i % 2 === band));
    for (const band of [low, high]) {
      const mean = band.reduce((a, b) => a + b) / 4;
      const square = band.reduce((a, b) => a + b * b, 0) / 4;
      // float32 keeps 1e5 to 0.004, half of that after the division by a deviation of about 2.
      expect(Math.abs(mean)).toBeLessThan(4e-3);
      expect(Math.abs(square - mean * mean - 1)).toBeLessThan(1e-2);
    }
  }));
});

Deno.test("featureStatistics() names the window that holds no number", () => {
  const source = sourceOf([[1, 2, 3, 4], [1, Infinity, 3, 4]]);
  expect(() => featureStatistics(source, new Int32Array([0, 1]))).toThrow(/found Infinity in training window 1/);
});
