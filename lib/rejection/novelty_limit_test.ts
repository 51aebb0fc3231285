import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { type LeftOut, noveltyLimit } from "./novelty_limit.ts";

const each = (distances: number[]): LeftOut[] => distances.map((distance, i) => ({ subject: `${i}`, distance }));
const least = 0.01;

Deno.test("noveltyLimit() of many distances is their quantile, raised for their number", () => {
  // 0.95 of 101: the 96th of 100.
  expect(noveltyLimit(each(Array.from({ length: 100 }, (_, i) => (100 - i) / 100)), { least })).toBe(0.96);
});

Deno.test("noveltyLimit() of few distances is the prediction bound of a log-normal distribution", () => {
  // t(0.95; 2) = 2.919986; exp(0.1 · 2.919986 · √(1 + 1/3)).
  expect(noveltyLimit(each([Math.exp(-0.1), 1, Math.exp(0.1)]), { least })).toBeCloseTo(1.40098, 4);
});

Deno.test("noveltyLimit() of few subjects holds 95 of 100 recordings of another", () => {
  const stream = randomStream(0, "distances");
  const draw = () => Math.exp(0.3 * stream.normal() - 1);
  const draws = 4000;
  let beyond = 0;
  for (let i = 0; i < draws; i++) if (draw() > noveltyLimit(each(Array.from({ length: 8 }, draw)), { least })) beyond++;
  // Binomial(4000, 0.05): a deviation of 13.8.
  expect(Math.abs(beyond - 0.05 * draws)).toBeLessThan(4 * 13.8);
});

Deno.test("noveltyLimit() of one or two subjects leaves nothing beyond, and copies don't bring it to 0", () => {
  const two = Array.from({ length: 40 }, (_, i) => ({ subject: `${i % 2}`, distance: 0.5 + i / 1000 }));
  expect(noveltyLimit(two, { least })).toBe(12);
  expect(noveltyLimit(each([0, 0, 0, 0]), { least })).toBeCloseTo(0.01, 12);
});
