import { expect } from "expect";
import { binomialCdf, logGamma, normalCdf, normalQuantile, studentTwoSided } from "./distributions.ts";

Deno.test("normalCdf() has the tabled values (Abramowitz & Stegun, table 26.1)", () => {
  expect(normalCdf(0)).toBe(0.5);
  expect(normalCdf(1)).toBeCloseTo(0.841344746068543, 14);
  expect(normalCdf(3)).toBeCloseTo(0.998650101968370, 14);
  expect(normalCdf(-1.96)).toBeCloseTo(0.024997895148220, 14);
  expect(normalCdf(-8) / 6.220960574271785e-16).toBeCloseTo(1, 10);
});

Deno.test("normalQuantile() is the inverse of normalCdf()", () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 13);
  for (const p of [1e-12, 1e-4, 0.02425, 0.3, 0.5, 0.77, 0.999]) {
    expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 12);
  }
  expect(normalQuantile(0)).toBe(-Infinity);
});

Deno.test("studentTwoSided() has the tabled critical values", () => {
  // t of a two-sided 5 % test with 4, 10 and 30 degrees of freedom.
  for (const [degrees, t] of [[4, 2.776445105], [10, 2.228138852], [30, 2.042272456]]) {
    expect(studentTwoSided(t, degrees)).toBeCloseTo(0.05, 9);
  }
  // One degree of freedom is Cauchy's: P(|t| > 1) = 1/2.
  expect(studentTwoSided(1, 1)).toBeCloseTo(0.5, 14);
});

Deno.test("binomialCdf() sums the probabilities of Pascal's triangle", () => {
  expect(binomialCdf(2, 6, 0.5)).toBeCloseTo((1 + 6 + 15) / 64, 14);
  expect(binomialCdf(6, 6, 0.5)).toBe(1);
  expect(binomialCdf(-1, 6, 0.5)).toBe(0);
  expect(binomialCdf(0, 1000, 0.01)).toBeCloseTo(0.99 ** 1000, 14);
});

Deno.test("logGamma() has the factorials and the root of pi", () => {
  let factorial = 0;
  for (let n = 1; n < 30; n++) {
    expect(logGamma(n)).toBeCloseTo(factorial, 11);
    factorial += Math.log(n);
  }
  expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 13);
});
