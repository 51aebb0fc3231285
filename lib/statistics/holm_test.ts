import { expect } from "expect";
import { holm } from "./mod.ts";

Deno.test("holm() gives what R's p.adjust gives", () => {
  // R 4.3: p.adjust(c(0.01, 0.02, 0.03, 0.04, 0.05), "holm") and of three in another order, with a tie and one above 1.
  const rounded = (p: number[]) => holm(p).map((value) => Number(value.toFixed(12)));
  expect(rounded([0.01, 0.02, 0.03, 0.04, 0.05])).toEqual([0.05, 0.08, 0.09, 0.09, 0.09]);
  expect(rounded([0.7, 0.004, 0.02, 0.02])).toEqual([0.7, 0.016, 0.06, 0.06]);
  expect(rounded([0.9, 0.8])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});
