import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { delong } from "./comparison_tests.ts";
import type { JudgedItems } from "../scores/mod.ts";
import { scoreInterval } from "./score_interval.ts";
import { scoreSpreads } from "./score_spread.ts";

const options = { classes: ["n", "p"], asked: [] };

/** One item a subject, of two classes in turn, whose answers overlap. */
function cohort(subjects: number, name = "cohort"): JudgedItems {
  const stream = randomStream(0, name);
  const labels = Int32Array.from({ length: subjects }, (_, i) => i % 2);
  const p = Array.from(labels, (label) => 1 / (1 + Math.exp(-stream.normal() - (label ? 1 : -1))));
  return {
    labels,
    predicted: Int32Array.from(p, (p) => Number(p > 0.5)),
    probabilities: Float64Array.from(p.flatMap((p) => [1 - p, p])),
    clusters: labels.map((_, i) => i),
  };
}

/** Each item `times` over, within its subject. */
function copied({ labels, predicted, probabilities, clusters }: JudgedItems, times: number): JudgedItems {
  const at = Array.from({ length: labels.length * times }, (_, i) => i % labels.length);
  return {
    labels: Int32Array.from(at, (i) => labels[i]),
    predicted: Int32Array.from(at, (i) => predicted[i]),
    probabilities: Float64Array.from(at.flatMap((i) => [...probabilities.subarray(2 * i, 2 * i + 2)])),
    clusters: Int32Array.from(at, (i) => clusters[i]),
  };
}

const spreadOf = (items: JudgedItems, score: string) => {
  const { names, sides: [spreads] } = scoreSpreads([[items]], { ...options, clusters: new Set(items.clusters).size });
  return spreads[names.indexOf(score)];
};

Deno.test("scoreSpreads() has the variance of a share, beside its imagined answers", () => {
  const items = cohort(60), { value, variance, doubt, degrees } = spreadOf(items, "accuracy");
  const change = value - value * 60 / 61;
  // The jackknife of a mean is p (1 - p) / (n - 1); two wrong answers of each class weigh as items of their own subjects.
  expect(doubt).toBeCloseTo(4 * change, 12);
  expect(variance).toBeCloseTo(value * (1 - value) / 59 + 4 * change ** 2, 12);
  expect(degrees).toBeGreaterThan(29); // at least that of one class
  expect(degrees).toBeLessThan(59);
});

Deno.test("scoreSpreads() has DeLong's variance of an area, and its covariance of two", () => {
  const [a, b] = [cohort(200), cohort(200, "other")];
  const { names, sides, differences } = scoreSpreads([[a], [b]], { ...options, clusters: 200 });
  const i = names.indexOf("rocAuc"),
    score = ({ probabilities }: JudgedItems) => Array.from(a.labels, (_, k) => probabilities[2 * k + 1]);
  const test = delong(a.labels, score(a), score(b));
  const doubts = sides.map((side) => side[i].doubt); // of four answers of 1/101 each
  const bare = sides[0][i].variance - doubts[0] ** 2 / 4;
  expect(Math.abs(bare / test.covariance[0][0] - 1)).toBeLessThan(0.03);
  const [[v, c], [, w]] = test.covariance;
  const both = differences[i].variance - (doubts[0] ** 2 + doubts[1] ** 2) / 16;
  expect(Math.abs(both / (v + w - 2 * c) - 1)).toBeLessThan(0.03);
  expect(differences[i].value).toBeCloseTo(test.difference, 12);
});

Deno.test("scoreSpreads() learns nothing from a subject's copies", () => {
  const items = cohort(60), right = { ...items, predicted: items.labels };
  const shown = (of: JudgedItems) => scoreInterval("accuracy", spreadOf(of, "accuracy"), { level: 0.95 });
  // Where nothing is wrong they count as one; elsewhere the imagined answers are fewer among more.
  expect(shown(copied(right, 4)).low).toBeCloseTo(shown(right).low!, 2);
  const [once, often] = [shown(items), shown(copied(items, 4))];
  expect(Math.abs((often.high! - often.low!) / (once.high! - once.low!) - 1)).toBeLessThan(0.05);
});

Deno.test("scoreSpreads() gives a score the degrees of the class that it hangs on", () => {
  const items = cohort(40);
  const few = { ...items, labels: items.labels.map((label, i) => i < 12 ? label : 0) }; // six of the class p
  expect(spreadOf(few, "sensitivity").degrees).toBeCloseTo(5, 9);
  expect(spreadOf(few, "specificity").degrees).toBeCloseTo(33, 9);
  expect(spreadOf({ ...items, labels: items.labels.map((label, i) => i < 2 ? label : 0) }, "sensitivity").variance)
    .toBeNaN();
});

Deno.test("scoreSpreads() leaves out groups of subjects where there are thousands, and says much the same", () => {
  const items = cohort(1500), spread = spreadOf(items, "accuracy");
  expect(Math.abs(spread.variance / (spread.value * (1 - spread.value) / 1499) - 1)).toBeLessThan(0.1);
});
