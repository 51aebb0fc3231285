import { expect } from "expect";
import fc from "fast-check";
import { goldenNumber } from "../scores/fixtures/golden_number.ts";
import goldens from "../scores/goldens/metrics.json" with { type: "json" };
import { logLoss } from "../scores/mod.ts";
import { averagePrecision, rocAuc } from "./rank_scores.ts";
import { equalCountReliability } from "./reliability.ts";
import { precisionRecallCurve, rocCurve } from "./roc_curve.ts";

function close(found: number, golden: unknown): void {
  const value = goldenNumber(golden);
  if (Number.isFinite(value)) expect(found).toBeCloseTo(value, 9);
  else expect(found).toBe(value);
}

for (const golden of goldens.binary) {
  const positives = golden.y.reduce((a, b) => a + b, 0);
  const weights = Float64Array.from(golden.y, (_, i) => 1 + i % 3);
  const two = golden.score.flatMap((score) => [1 - score, score]);

  Deno.test(`rocAuc() and averagePrecision() agree with scikit-learn on ${golden.id}`, () => {
    close(rocAuc(golden.y, golden.score), golden.roc_auc);
    close(rocAuc(golden.y, golden.score, weights), golden.roc_auc_weighted);
    // scikit-learn gives 0 with a warning where no example is positive.
    close(averagePrecision(golden.y, golden.score), positives === 0 ? "NaN" : golden.average_precision);
    close(
      averagePrecision(golden.y, golden.score, weights),
      positives === 0 ? "NaN" : golden.average_precision_weighted,
    );
  });

  Deno.test(`logLoss() agrees with scikit-learn on ${golden.id}`, () => {
    close(logLoss(golden.y, two, { size: 2 }), golden.log_loss);
  });

  Deno.test(`rocCurve() and precisionRecallCurve() have every point of scikit-learn's on ${golden.id}`, () => {
    const roc = rocCurve(golden.y, golden.score);
    if (positives > 0 && positives < golden.y.length) {
      roc.falsePositiveRate.forEach((value, i) => close(value, golden.roc_all.fpr[i]));
      roc.truePositiveRate.forEach((value, i) => close(value, golden.roc_all.tpr[i]));
      const pr = precisionRecallCurve(golden.y, golden.score);
      pr.precision.forEach((value, i) => close(value, golden.pr_all.precision[i]));
      pr.recall.forEach((value, i) => close(value, golden.pr_all.recall[i]));
      expect(pr.threshold.length).toBe(golden.pr_all.threshold.length);
    }
    roc.threshold.forEach((value, i) => close(value, golden.roc_all.threshold[i]));
    expect(roc.threshold.length).toBe(golden.roc_all.threshold.length);
  });
}

Deno.test("rocAuc() counts the pairs that are in the right order, and ties as half", () => {
  const examples = fc.array(fc.record({ y: fc.nat(1), score: fc.nat(6) }), { minLength: 2, maxLength: 30 });
  fc.assert(fc.property(examples, (draws) => {
    const sick = draws.filter(({ y }) => y === 1), well = draws.filter(({ y }) => y === 0);
    fc.pre(sick.length > 0 && well.length > 0);
    let wins = 0;
    for (const a of sick) for (const b of well) wins += a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0;
    const found = rocAuc(draws.map(({ y }) => y), draws.map(({ score }) => score));
    expect(found).toBeCloseTo(wins / (sick.length * well.length), 12);
  }));
});

Deno.test("logLoss() clips as scikit-learn does for doubles", () => {
  for (const { y, p, float64 } of goldens.log_loss_cases) {
    close(logLoss(y, p.flat(), { size: p[0].length }), float64);
  }
});

Deno.test("equalCountReliability() puts every prediction into one bin, the bins in order and of almost equal size", () => {
  const item = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(1));
  fc.assert(fc.property(fc.array(item, { minLength: 1, maxLength: 300 }), (items) => {
    const bins = equalCountReliability(items.map(([p]) => p), items.map(([, right]) => right));
    const counts = bins.map((bin) => bin.count);
    expect(counts.reduce((a, b) => a + b)).toBe(items.length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    const confidences = bins.map((bin) => bin.confidence);
    expect(confidences).toEqual(confidences.toSorted((a, b) => a - b));
  }));
});

for (const { k, n, level, wilson: [low, high] } of goldens.wilson) {
  Deno.test(`equalCountReliability() has SciPy's Wilson interval for ${k} of ${n} at ${level}`, () => {
    const right = Array.from({ length: n }, (_, i) => Number(i < k));
    const [bin] = equalCountReliability(right.map(() => 0.5), right, { bins: 1, level });
    expect(bin.low).toBeCloseTo(low, 9);
    expect(bin.high).toBeCloseTo(high, 9);
  });
}
