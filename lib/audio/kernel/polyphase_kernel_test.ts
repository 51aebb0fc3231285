import { expect } from "expect";
import fc from "fast-check";
import { plainFilterPhases } from "../polyphase.ts";
import { filterPhases } from "./polyphase_kernel.ts";

Deno.test("filterPhases() gives what TypeScript gives, for any ratio, length and number of taps", () => {
  const whole = (min: number, max: number) => fc.integer({ min, max });
  fc.assert(
    fc.property(
      whole(1, 9),
      whole(1, 40),
      whole(1, 25),
      whole(1, 400),
      whole(0, 40000),
      (up, down, quarter, n, longer) => {
        const half = 2 * quarter;
        const length = Math.ceil((n + longer) * up / down);
        const samples = Float32Array.from({ length: n + longer }, (_, i) => Math.sin(i * i));
        const filterOf = (phase: number) =>
          Float64Array.from({ length: 2 * half }, (_, k) => Math.cos(phase + k) / half);
        const options = { up, down, length, half, filterOf };
        const fast = filterPhases(samples, options), plain = plainFilterPhases(samples, options);
        expect(fast.length).toBe(plain.length);
        // Weights of at most 2 in sum, each product and sum rounded to 24 bits.
        expect(fast.findIndex((value, i) => !(Math.abs(value - plain[i]) < 2e-6))).toBe(-1);
      },
    ),
    { numRuns: 60 },
  );
});
