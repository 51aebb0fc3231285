import { expect } from "expect";
import { riskCoverage, riskCoverageArea } from "./risk_coverage.ts";

Deno.test("riskCoverage() answers the surest first, equal confidences together", () => {
  const points = riskCoverage([0.9, 0.6, 0.6, 0.8], [1, 0, 1, 1]);
  expect(points).toEqual([
    { threshold: 0.9, coverage: 0.25, risk: 0 },
    { threshold: 0.8, coverage: 0.5, risk: 0 },
    { threshold: 0.6, coverage: 1, risk: 0.25 },
  ]);
  expect(riskCoverageArea(points)).toBe(0.125);
});
