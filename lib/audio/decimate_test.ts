import { expect } from "expect";
import fc from "fast-check";
import { canDecimate, decimate } from "./decimate.ts";
import { plainFilterPhases } from "./polyphase.ts";

Deno.test("decimate() gives what the sum over the taps gives, for any factor, length and filter", () => {
  const factors = fc.constantFrom(2, 3, 4, 5, 6, 8, 9, 10, 12);
  fc.assert(
    fc.property(factors, fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 9000 }), (down, pairs, n) => {
      const half = 2 * pairs, length = Math.ceil(n / down);
      const filter = Float64Array.from({ length: 2 * half }, (_, k) => Math.cos(k * k) / half);
      const samples = Float32Array.from({ length: n }, (_, i) => Math.sin(i * i));
      const fast = decimate(samples, { down, length, filter });
      const plain = plainFilterPhases(samples, { up: 1, down, length, half, filterOf: () => filter });
      expect(fast.length).toBe(plain.length);
      // Weights of at most 2 in sum; transforms of 32 bits round to 2e-6 of that.
      expect(fast.findIndex((value, i) => !(Math.abs(value - plain[i]) < 4e-6))).toBe(-1);
    }),
    { numRuns: 60 },
  );
});

Deno.test("canDecimate() by factors that the fast transform has", () => {
  expect([2, 3, 5, 12].every((down) => canDecimate(down, 256))).toBe(true);
  expect([7, 11, 14].some((down) => canDecimate(down, 256))).toBe(false);
});
