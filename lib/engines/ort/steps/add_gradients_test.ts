import { expect } from "expect";
import { addGradients, slicesOf } from "./add_gradients.ts";

Deno.test("slicesOf() cuts all of a gradient, as evenly as can be", () => {
  expect(slicesOf(10, 4)).toEqual([{ from: 0, to: 3 }, { from: 3, to: 5 }, { from: 5, to: 8 }, { from: 8, to: 10 }]);
  expect(slicesOf(2, 3).map(({ from, to }) => to - from).reduce((a, b) => a + b)).toBe(2);
});

Deno.test("addGradients() gives the bits of one thread that adds part by part, into whatever slices it is cut", () => {
  const length = 10_001;
  // 1e8 + 1 - 1e8 is 0 in float32: another order of the parts would give other bits.
  const parts = [1e8, 1, -1e8, 0.1].map((scale) => Float32Array.from({ length }, (_, i) => scale * Math.sin(i + 1)));
  const whole = new Float32Array(length);
  for (const part of parts) part.forEach((value, i) => whole[i] += value);
  for (const threads of [1, 3, 16]) {
    const sum = new Float32Array(length).fill(9);
    for (const slice of slicesOf(length, threads)) addGradients(parts, sum, slice);
    expect(sum).toEqual(whole);
  }
});
