import { expect } from "expect";
import { fitQualityLimits } from "./quality_limits.ts";

Deno.test("fitQualityLimits() leaves a tenth beyond the one limit and a hundredth beyond the other", () => {
  const probabilities = Array.from({ length: 999 }, (_, i) => (999 - i) / 1000);
  expect(fitQualityLimits(probabilities, { sound: "lung" })).toEqual({ sound: "lung", poor: 0.9, unusable: 0.99 });
});

Deno.test("fitQualityLimits() of few recordings calls none unusable", () => {
  const probabilities = Array.from({ length: 20 }, (_, i) => i / 20);
  expect(fitQualityLimits(probabilities, { sound: "heart" })).toEqual({ sound: "heart", poor: 0.9, unusable: 1 });
  expect(fitQualityLimits([], { sound: "heart" })).toEqual({ sound: "heart", poor: 1, unusable: 1 });
});
