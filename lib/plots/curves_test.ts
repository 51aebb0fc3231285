import { expect } from "expect";
import fc from "fast-check";
import type { Prediction } from "../scores/mod.ts";
import { plotCalibration, plotPrecisionRecall, plotRiskCoverage, plotRoc } from "./mod.ts";
import { thinCurve } from "./class_curves.ts";
import goldens from "./goldens/curves.json" with { type: "json" };

const CLASSES = ["normal", "abnormal"];

function predictions(scores: number[], y: number[]): Prediction[] {
  return scores.map((score, i) => ({
    fold: 0,
    seed: 0,
    part: "test",
    recording: `${i}.wav`,
    subject: `${i}`,
    source: "a",
    start: 0,
    end: 1,
    label: CLASSES[y[i]],
    predicted: CLASSES[Number(score >= 0.5)],
    probabilities: [1 - score, score],
  }));
}

for (const golden of goldens.binary) {
  const rows = predictions(golden.score, golden.y);

  Deno.test(`plotRoc() shows scikit-learn's area and passes through its points: ${golden.id}`, () => {
    const [trace] = plotRoc(rows, { classes: CLASSES }).data as { name: string; x: number[]; y: number[] }[];
    expect(trace.name).toBe(`abnormal, AUC ${golden.rocAuc.toFixed(3)}`);
    const drawn = trace.x.map((x, i) => `${x.toFixed(9)} ${trace.y[i].toFixed(9)}`);
    const expected = golden.fpr.map((x, i) => `${x.toFixed(9)} ${golden.tpr[i].toFixed(9)}`);
    expect(new Set(drawn)).toEqual(new Set(expected));
  });

  Deno.test(`plotPrecisionRecall() shows scikit-learn's average precision: ${golden.id}`, () => {
    const [trace] = plotPrecisionRecall(rows, { classes: CLASSES }).data as { name: string }[];
    expect(trace.name).toBe(`abnormal, AP ${golden.averagePrecision.toFixed(3)}`);
  });
}

Deno.test("thinCurve() keeps a rising curve within its step", () => {
  const rises = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { minLength: 1, maxLength: 3000 });
  fc.assert(
    fc.property(rises, (steps) => {
      const total = steps.reduce((sum, [x, y]) => [sum[0] + x, sum[1] + y], [0, 0]);
      let x = 0, y = 0;
      const points = steps.map(([dx, dy]) => ({ x: (x += dx) / (total[0] || 1), y: (y += dy) / (total[1] || 1) }));
      const thin = thinCurve(points, { step: 0.05 });
      expect(thin.length).toBeLessThanOrEqual(2 * 2 / 0.05 + 2);
      expect([thin[0], thin.at(-1)]).toEqual([points[0], points.at(-1)]);
      for (const point of points) {
        const near = thin.some((kept) => Math.abs(kept.x - point.x) <= 0.05 && Math.abs(kept.y - point.y) <= 0.05);
        expect(near).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
});

Deno.test("plotRiskCoverage() ends at the error rate of all, and leaves out what rests on fewer than 20", () => {
  // 30 sure and right, then 10 unsure of which 5 are wrong: 0 up to three quarters, 5 / 40 at the end.
  const scores = [...Array(30).fill(0.95), ...Array(10).fill(0.6)];
  const y = [...Array(30).fill(1), ...Array(5).fill(1), ...Array(5).fill(0)];
  const [trace] = plotRiskCoverage(predictions(scores, y), { classes: CLASSES }).data as { x: number[]; y: number[] }[];
  expect(trace.x).toEqual([0.75, 1]);
  expect(trace.y).toEqual([0, 0.125]);
});

Deno.test("plotRiskCoverage() names the area that riskCoverageArea() tells, whatever is drawn", () => {
  // Twelve predictions, all of one confidence but the wrong one, which is the surest: 1 at 1/12, 1/12 from there on.
  const scores = [0.99, ...Array(11).fill(0.7)], y = [0, ...Array(11).fill(1)];
  const [trace] = plotRiskCoverage(predictions(scores, y), { classes: CLASSES }).data as {
    name: string;
    x: number[];
  }[];
  expect(trace.x).toEqual([1]);
  expect(trace.name).toBe(`model, area ${(1 / 12 + 11 / 12 / 12).toFixed(3)}`);
});

Deno.test("plotCalibration() lies on the diagonal for a model that knows its chances", () => {
  // 100 items at 0.2 of which 20 are positive, 100 at 0.8 of which 80 are.
  const scores = [...Array(100).fill(0.2), ...Array(100).fill(0.8)];
  const y = scores.map((_, i) => Number(i < 100 ? i % 5 === 0 : i % 5 !== 0));
  const figure = plotCalibration(predictions(scores, y), { classes: CLASSES, bins: 2 });
  const model = figure.data[1] as { x: number[]; y: number[] };
  model.x.forEach((confidence, i) => expect(model.y[i]).toBeCloseTo(confidence, 12));
});

Deno.test("plotRoc() draws no curve for a class without items, and one for each class of several", () => {
  const rows = predictions([0.1, 0.9], [0, 0]);
  expect(plotRoc(rows, { classes: CLASSES }).data.length).toBe(1);
  const three = ["a", "b", "c"];
  const of3 = three.map((label) => ({ ...rows[0], label, probabilities: [0.2, 0.3, 0.5] }));
  expect(plotRoc(of3, { classes: three }).data.length).toBe(4);
});
