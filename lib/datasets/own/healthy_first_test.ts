import { expect } from "expect";
import { healthyFirst, openPositive } from "./healthy_first.ts";

Deno.test("healthyFirst() puts what denies a finding first, however it is said", () => {
  for (
    const [healthy, other] of [
      ["no murmur", "murmur"],
      ["no_crackle", "crackle"],
      ["without murmur", "systolic murmur"],
      ["healthy control", "AS"],
      ["normal_heart", "murmur"],
      ["Murmur absent", "Murmur Present"],
      ["COVID-negative", "COVID"],
      ["kein Befund", "Aortenstenose"],
      ["nein", "ja"],
      ["FALSE", "TRUE"],
      ["-", "+"],
      ["normal", "abnormal"],
      ["normal", "not normal"],
      ["healthy", "non-healthy"],
    ]
  ) expect(healthyFirst([other, healthy])).toEqual([healthy, other]);
});

Deno.test("openPositive() says which class is the positive one where the names leave it open", () => {
  expect(openPositive(["normal", "AS"])).toEqual([]);
  expect(openPositive(["a", "b", "c"])).toEqual([]);
  expect(openPositive(["AS", "MR"])).toEqual([expect.stringMatching(/"MR" counts as the abnormal one/)]);
});
