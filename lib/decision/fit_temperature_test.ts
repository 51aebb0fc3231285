import { expect } from "expect";
import { fitDecision } from "./fit_decision.ts";
import { fitTemperature, soundTemperature, temperatureBounds } from "./fit_temperature.ts";
import goldens from "../scores/goldens/metrics.json" with { type: "json" };
import { logLoss, scoreStatistic } from "../scores/mod.ts";
import { temper } from "./decision_rule.ts";

for (const golden of goldens.temperature) {
  const size = golden.k;
  const logits = Float64Array.from(golden.logits_x100.flat(), (z) => z / 100);
  const probabilities = temper(logits.map(Math.exp), { size, temperature: 1 + 1e-15 });

  Deno.test(`fitTemperature() agrees with scipy's root, or says why there is none: ${golden.id}`, () => {
    const { temperature, logLoss: loss, clamped } = fitTemperature(logits, golden.y, { size });
    if (golden.T === undefined) {
      expect(clamped).toMatch(golden.id === "separable" ? /T falls/ : /T rises/);
      expect(temperature).toBeCloseTo(golden.id === "separable" ? temperatureBounds.min : temperatureBounds.max, 12);
      return;
    }
    expect(temperature).toBeCloseTo(golden.T, 6);
    expect(loss).toBeCloseTo(golden.nll_T!, 9);
    expect(clamped).toBeUndefined();
    // From probabilities as from logits.
    expect(fitTemperature(probabilities.map(Math.log), golden.y, { size }).temperature).toBeCloseTo(golden.T, 6);
    const fitted = temper(probabilities, { size, temperature });
    golden.probs_after_first3!.flat().forEach((p, i) => expect(fitted[i]).toBeCloseTo(p, 8));
    expect(logLoss(golden.y, fitted, { size })).toBeCloseTo(golden.nll_T!, 9);

    const predicted = Int32Array.from(golden.y, (_, i) => {
      const row = fitted.subarray(i * size, (i + 1) * size);
      return row.indexOf(Math.max(...row));
    });
    const { names, statistic } = scoreStatistic({
      labels: Int32Array.from(golden.y),
      predicted,
      probabilities: fitted,
      clusters: predicted.map(() => 0),
    }, { classes: Array.from({ length: size }, (_, c) => `c${c}`), asked: [] });
    const values = statistic(Float64Array.of(1));
    expect(values[names.indexOf("accuracy")]).toBeCloseTo(golden.accuracy!, 9);
    expect(values[names.indexOf("ece")]).toBeCloseTo(golden.ece15_after!, 6);
  });

  for (const [T, loss] of Object.entries(golden.nll_at_T)) {
    Deno.test(`temper() gives ${golden.id} the golden likelihood at T = ${T}`, () => {
      expect(logLoss(golden.y, temper(probabilities, { size, temperature: Number(T) }), { size })).toBeCloseTo(loss, 8);
    });
  }
}

/** A hundred examples of two classes with the logits ±`size`, `wrong` of them for the wrong class. */
function twoClasses(size: number, wrong: number) {
  const labels = Array.from({ length: 100 }, (_, i) => i % 2);
  const logits = Float64Array.from(labels.flatMap((c, i) => (i < wrong ? 1 - c : c) ? [-size, size] : [size, -size]));
  return { logits, labels };
}

Deno.test("fitTemperature() finds the optimum at any scale: the margin through the logarithm of the odds of being right", () => {
  // The likelihood of n - k of n right at margin m is largest where 1 / (1 + e^(-m/T)) = (n - k) / n.
  for (const size of [1e-6, 0.01, 1, 100, 1e5]) {
    for (const wrong of [1, 5, 30, 49]) {
      const { logits, labels } = twoClasses(size, wrong);
      const { temperature, clamped } = fitTemperature(logits, labels, { size: 2 });
      expect(clamped).toBeUndefined();
      expect(temperature / (2 * size / Math.log((100 - wrong) / wrong))).toBeCloseTo(1, 9);
    }
  }
});

Deno.test("fitTemperature() gives a reason that is true where there is no optimum, and a temperature to serve with", () => {
  const right = fitTemperature(...argumentsOf(twoClasses(3, 0)));
  expect(right.clamped).toMatch(/true class of every validation example has the highest logit/);
  expect(soundTemperature(right)).toBe(1);
  for (const wrong of [50, 60]) {
    const chance = fitTemperature(...argumentsOf(twoClasses(1000, wrong)));
    expect(chance.clamped).toMatch(/no better than chance/);
    // Odds of less than e : 1, where the network said e^2000 : 1.
    expect(soundTemperature(chance)).toBeGreaterThanOrEqual(2000);
  }
  const equal = fitTemperature(new Float64Array(8), [0, 1, 0, 1], { size: 2 });
  expect(equal).toMatchObject({ temperature: 1, logLoss: Math.LN2, clamped: expect.stringMatching(/equal logits/) });
  // A tie for the highest logit is no mistake of any size: the likelihood still grows as T falls.
  const tied = fitTemperature(Float64Array.of(2, 2, 0, 3, 0, 0), [0, 0], { size: 3 });
  expect(tied.clamped).toMatch(/T falls/);
});

Deno.test("fitDecision() gives doubts to a network whose probabilities are 0 and 1", () => {
  const { logits, labels } = twoClasses(100, 5);
  const probabilities = logits.map((logit) => Math.fround(1 / (1 + Math.exp(-2 * logit))));
  const { temperature } = fitDecision({ labels, probabilities }, { classes: ["well", "sick"], aim: "argmax" });
  // Right in 95 of 100: after the temperature it is as sure as that.
  const [, sick] = temper(Float64Array.of(1, 0), { size: 2, temperature });
  expect(sick).toBeCloseTo(0.05, 9);
});

function argumentsOf({ logits, labels }: ReturnType<typeof twoClasses>) {
  return [logits, labels, { size: 2 }] as const;
}
