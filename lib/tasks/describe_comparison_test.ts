import { expect } from "expect";
import { compareRuns, rankAcrossFolds } from "../evaluation/mod.ts";
import { type Prediction } from "../scores/mod.ts";
import { comparisonName, describeComparison, describeRanks } from "./describe_comparison.ts";

const classes = ["Normal", "Murmur"];

/** Forty subjects in four folds; every `wrong`-th answer is wrong. */
function run(wrong: number): Prediction[] {
  return Array.from({ length: 40 }, (_, i) => {
    const label = i % 2, predicted = i % wrong === 0 ? 1 - label : label;
    return {
      ...{ fold: i % 4, seed: 0, part: "test", recording: `${i}.wav`, subject: `${i}`, source: "", start: 0, end: 1 },
      ...{ label: classes[label], predicted: classes[predicted] },
      probabilities: predicted === 1 ? [0.2, 0.8] : [0.8, 0.2],
    };
  });
}

Deno.test("a comparison says how many both judged, what differs and what can't be told", () => {
  const comparison = compareRuns(run(40), run(3), { classes });
  const text = describeComparison(comparison, { first: "a", second: "b", unit: "item", wanted: ["accuracy"] });
  expect(text).toContain("40 items of 40 subjects that both judged");
  expect(text).toMatch(/\| accuracy +\| 0\.975 +\| 0\.650 +\| 0\.325 +\| 0\.\d+ to 0\.\d+ +\| <?0\.\d+ +\| first/);
  expect(text).toMatch(/right in one only: first 13, second 0 \(McNemar, p <0\.001\)/); // 0, 3, 6 … 39 but 0 in both: 2 * 0.5^13
  expect(text).not.toContain("f1Macro");
  const few = describeComparison(compareRuns(run(40).slice(0, 3), run(3).slice(0, 3), { classes }), {
    ...{ first: "a", second: "b", unit: "item", wanted: ["recall/Wheeze"], all: true },
  });
  expect(few).toMatch(/can't be told/);
  expect(few).toMatch(/3 subjects are too few/);
});

Deno.test("ranks of three runs or more have a test and a critical difference; of two there are none", () => {
  const runs = [run(40), run(5), run(3)];
  const [text] = describeRanks(rankAcrossFolds(runs, { classes, asked: [] }), {
    folders: ["a", "b", "c"],
    wanted: ["accuracy"],
  });
  expect(text).toMatch(/Friedman p 0\.\d+.*less than \d\.\d+ apart/);
  expect(text).toMatch(/\| a +\| 1\.\d\d/);
  expect(rankAcrossFolds(runs.slice(1), { classes, asked: [] })).toEqual({});
  expect(comparisonName(["results/x/one", "results/x/two"])).toBe("one-vs-two");
});
