import { expect } from "expect";
import fc from "fast-check";
import { applyIsotonic, fitIsotonic } from "./decision_rule.ts";

Deno.test("fitIsotonic() pools what falls, as worked by hand", () => {
  // Outcomes 0 1 0 1 1 in the order of the score: the falling pair (1, 0) becomes 1/2 twice.
  expect(fitIsotonic([0.1, 0.2, 0.3, 0.4, 0.5], [0, 1, 0, 1, 1])).toEqual({
    x: [0.1, 0.2, 0.3, 0.4, 0.5],
    y: [0, 0.5, 0.5, 1, 1],
  });
});

Deno.test("applyIsotonic() is linear between knots and constant beyond", () => {
  const map = { x: [0.2, 0.4], y: [0.1, 0.5] };
  expect([0, 0.2, 0.3, 0.4, 1].map((score) => applyIsotonic(map, score))).toEqual([
    0.1,
    0.1,
    expect.closeTo(0.3, 12),
    0.5,
    0.5,
  ]);
});

Deno.test("fitIsotonic() never falls and keeps the mean outcome", () => {
  const draws = fc.array(fc.record({ s: fc.nat(15), y: fc.nat(1) }), { minLength: 1, maxLength: 60 });
  fc.assert(fc.property(draws, (rows) => {
    const map = fitIsotonic(rows.map(({ s }) => s), rows.map(({ y }) => y));
    map.y.forEach((y, i) => expect(y).toBeGreaterThanOrEqual(map.y[i - 1] ?? 0));
    const fitted = rows.map(({ s }) => applyIsotonic(map, s));
    const mean = (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    expect(mean(fitted)).toBeCloseTo(mean(rows.map(({ y }) => y)), 9);
  }));
});
