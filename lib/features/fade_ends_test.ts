import { expect } from "expect";
import { fadeEnds } from "./input_windows.ts";

Deno.test("fadeEnds() goes from 0 to 1 and back in equal steps", () => {
  const ones = new Float32Array(8).fill(1);
  expect([...fadeEnds(ones, { length: 3 })]).toEqual([0, 0.5, 1, 1, 1, 1, 0.5, 0]);
  expect([...fadeEnds(ones, { length: 3, fadeIn: false })]).toEqual([1, 1, 1, 1, 1, 1, 0.5, 0]);
  expect([...ones]).toEqual(new Array(8).fill(1));
});

Deno.test("fadeEnds() of a sound shorter than its fades stays within them", () => {
  expect([...fadeEnds(Float32Array.of(1, 1, 1), { length: 5 })]).toEqual([0, 0.0625, 0]);
});
