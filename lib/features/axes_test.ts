import { expect } from "expect";
import { bandAxis } from "./axes.ts";
import { presets } from "./presets.ts";

Deno.test("bandAxis() holds the frequency at which each band is strongest", () => {
  const axis = bandAxis(presets.respirenet);
  expect(axis.length).toBe(64);
  // 50-2000 Hz are 0.75 to 25.0819 Mel (librosa): the first peak is 1/65 of the way, on the linear part.
  expect(axis[0]).toBeCloseTo((0.75 + (25.0818801573 - 0.75) / 65) * 200 / 3, 6);
  expect(axis[63]).toBeLessThan(2000);
});
