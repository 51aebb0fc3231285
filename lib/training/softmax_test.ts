import { expect } from "expect";
import fc from "fast-check";
import { softmax } from "./mod.ts";

Deno.test("softmax() keeps the ratios exp(a - b), also where exp would overflow", () => {
  const [a, b, c] = softmax(new Float32Array([1000, 1001, 998]), 3);
  expect(b / a).toBeCloseTo(Math.E, 5);
  expect(a / c).toBeCloseTo(Math.exp(2), 4);
});

Deno.test("softmax() gives rows of sum 1", () => {
  fc.assert(
    fc.property(fc.array(fc.float({ noNaN: true, noDefaultInfinity: true }), { minLength: 4, maxLength: 4 }), (row) => {
      const probabilities = softmax(Float32Array.from([...row, ...row]), 4);
      expect(probabilities.subarray(4).reduce((x, y) => x + y)).toBeCloseTo(1, 5);
    }),
  );
});
