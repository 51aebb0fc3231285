import { expect } from "expect";
import { upsampleBilinear } from "./heat_map.ts";

Deno.test("upsampleBilinear() is linear between the centres of cells", () => {
  // Centres at (i + 0.5) / 2 - 0.5 = -0.25, 0.25, 0.75, 1.25, held at the edges.
  expect([...upsampleBilinear([0, 1], { from: [1, 2], to: [1, 4] })]).toEqual([0, 0.25, 0.75, 1]);
});

Deno.test("upsampleBilinear() keeps a matrix of the same size and a constant one", () => {
  const values = [1, 5, 2, 4, 0, 3];
  expect([...upsampleBilinear(values, { from: [2, 3], to: [2, 3] })]).toEqual(values);
  expect(new Set(upsampleBilinear(new Float32Array(6).fill(2), { from: [2, 3], to: [7, 11] }))).toEqual(new Set([2]));
});
