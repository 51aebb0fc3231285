import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { type Prediction } from "../scores/mod.ts";
import { studySize } from "./mod.ts";

const classes = ["N", "W"];

/** An item a subject, of which four of five are right. */
const predictions = Array.from({ length: 200 }, (_, s): Prediction => {
  const label = classes[s % 2], right = s % 10 < 8;
  return {
    ...{
      fold: 0,
      seed: 0,
      part: "test",
      recording: `${s}.wav`,
      subject: `${s}`,
      source: "all",
      start: 0,
      end: 1,
      label,
    },
    predicted: right ? label : classes[1 - s % 2],
    probabilities: right === (s % 2 === 0) ? [0.7, 0.3] : [0.3, 0.7],
  };
});

Deno.test("studySize() finds the subjects that the closed form of a proportion asks for, and what can be detected", () => {
  const found = studySize(predictions, {
    ...{ classes, score: "accuracy", width: 0.1, difference: 0.15, studies: 60, seed: 0 },
  });
  // 4 · 1.96² · 0.8 · 0.2 / 0.1² = 245.9; the run's own kind of interval is up to 5 % wider at this size, so that 10 % more are
  // needed, and between two imagined sizes the width is read off a line.
  expect(found.subjectsForWidth).toBeGreaterThan(0.97 * 246);
  expect(found.subjectsForWidth).toBeLessThan(1.15 * 246);
  expect(found.curve.map(({ subjects }) => subjects)).toEqual([100, 200, 400]);
  expect(found.present.subjects).toBe(200);
  // Connor (1987) with 20 % disagreement: 200 pairs see 8.8 points in 80 of 100 studies; 60 studies tell power to 5 points.
  expect(found.detectable).toBeGreaterThan(0.07);
  expect(found.detectable).toBeLessThan(0.115);
});

Deno.test("studySize() never tells a run from itself", () => {
  const options = { classes, score: "accuracy", width: 0.5, difference: 0.05, studies: 10, seed: 0 };
  const { subjectsForPower, detectable, curve } = studySize(predictions.slice(0, 20), {
    ...options,
    against: predictions.slice(0, 20),
  });
  expect([subjectsForPower, detectable]).toEqual([null, null]);
  expect(curve.every(({ power }) => power === 0)).toBe(true);
});

Deno.test("studySize() sees an imagined loss of ROC AUC as DeLong's interval of the difference would", () => {
  const stream = randomStream(0, "auc");
  // Binormal: two unit normals 1.35 apart have an AUC of .83.
  const scored = predictions.map((one, i) => {
    const p = 1 / (1 + Math.exp(-(stream.normal() + (i % 2 ? 0.675 : -0.675))));
    return { ...one, probabilities: [1 - p, p], predicted: classes[Number(p > 0.5)] };
  });
  const found = studySize(scored, {
    ...{ classes, score: "rocAuc", width: 0.11, difference: 0.15, studies: 40, seed: 0 },
  });
  // Hanley & McNeil (1982): 100 and 100 with an AUC of .83 have a standard error of .029, an interval .114 wide.
  expect(found.present.width).toBeGreaterThan(0.095);
  expect(found.present.width).toBeLessThan(0.135);
  expect(found.present.power).toBeGreaterThan(0.8);
  expect(found.detectable).toBeGreaterThan(0.04);
  expect(found.detectable).toBeLessThan(0.15);
});
