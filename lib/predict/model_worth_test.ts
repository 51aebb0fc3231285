import { expect } from "expect";
import type { Bundle } from "../runs/mod.ts";
import { modelWorth } from "./mod.ts";

const worth: NonNullable<Bundle["worth"]> = {
  ...{
    score: "balancedAccuracy",
    part: "test",
    value: 0.813,
    low: 0.71,
    high: 0.9,
    level: 0.95,
    n: 70,
    unit: "subject",
  },
  ...{ floor: 0.5, by: "majority", lower: false },
};

Deno.test("modelWorth() tells score, interval, count and floor, and warns of no good model", () => {
  expect(modelWorth({ worth })).toEqual({
    score: "Balanced accuracy 0.81 (95 % interval 0.71 to 0.90, 70 subjects); " +
      "always naming the most frequent class reaches 0.50",
  });
});

Deno.test("modelWorth() says that a score is a mean over sources", () => {
  expect(modelWorth({ worth: { ...worth, over: "mean over the sources" } }).score).toMatch(
    /^Balanced accuracy, mean over the sources, 0\.81/,
  );
});

Deno.test("modelWorth() warns of a model that doesn't clear its floor, whichever way the score goes", () => {
  const warning = (changes: Partial<typeof worth>) => modelWorth({ worth: { ...worth, ...changes } }).warning;
  expect(warning({ floor: 0.82 })).toMatch(/no better than always naming/);
  expect(warning({ floor: 0.813 })).toMatch(/no better/);
  expect(warning({ floor: 0.75 })).toMatch(/may be chance/);
  expect(warning({ low: null, high: null })).toMatch(/may be chance/);
  const loss = { score: "logLoss", lower: true, value: 0.4, low: 0.3, high: 0.5 };
  expect(warning({ ...loss, floor: 0.69 })).toBeUndefined();
  expect(warning({ ...loss, floor: 0.45 })).toMatch(/may be chance/);
  expect(warning({ ...loss, floor: 0.3 })).toMatch(/no better/);
});

Deno.test("modelWorth() doesn't say that answers tell nothing where the floor hears the sound, or all are right", () => {
  const warning = (changes: Partial<typeof worth>) => modelWorth({ worth: { ...worth, ...changes } }).warning;
  for (const by of ["linear", "nearest"]) {
    expect(warning({ by, floor: 0.9 })).toMatch(/simpler model \(.*\) is as good/);
    expect(warning({ by, floor: 0.9 })).not.toMatch(/tell nothing/);
  }
  expect(warning({ by: "shortcut", floor: 0.9 })).toMatch(/what surrounds .*loudness.*tell nothing/);
  for (const by of ["linear", "shortcut"]) {
    const easy = warning({ by, value: 1, low: 1, high: 1, floor: 1, n: 15 });
    expect(easy).toMatch(/both right on all 15 subjects: too easy, or too few/);
  }
  const loss = { score: "brier", lower: true, low: 0, high: 0, floor: 0 };
  expect(warning({ ...loss, value: 0, by: "nearest" })).toMatch(/both right/);
});

Deno.test("modelWorth() doesn't invent a score for a bundle that has none", () => {
  expect(modelWorth({})).toEqual({ score: expect.stringContaining("not known") });
});
