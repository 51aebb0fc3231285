import { expect } from "expect";
import { choleskyFactor, solveByFactor } from "./newton_logistic.ts";

Deno.test("choleskyFactor() gives the factor of a matrix made from one, and solves by it", () => {
  // L = [2 0 0; 6 1 0; -8 5 3], A = L Lᵀ, x = (1, -2, 3).
  const lower = Float64Array.of(4, 0, 0, 12, 37, 0, -16, -43, 98);
  const factor = choleskyFactor(lower, 3);
  expect([0, 3, 4, 6, 7, 8].map((at) => factor[at])).toEqual([2, 6, 1, -8, 5, 3]);
  const b = Float64Array.of(4 * 1 - 12 * 2 - 16 * 3, 12 * 1 - 37 * 2 - 43 * 3, -16 * 1 + 43 * 2 + 98 * 3);
  solveByFactor(factor, b);
  [1, -2, 3].forEach((value, k) => expect(b[k]).toBeCloseTo(value, 12));
});
