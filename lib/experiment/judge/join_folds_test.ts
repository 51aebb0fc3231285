import { expect } from "expect";
import type { Prediction } from "../../scores/mod.ts";
import type { FinishedFold } from "../finish_fold.ts";
import { joinFolds } from "./join_folds.ts";

function finished(fold: number, outer: number | undefined, items: [string, string, number][]): FinishedFold {
  const predictions = items.map(([part, recording, p]): Prediction => ({
    ...{ fold, seed: 3, part, recording, subject: recording, source: "", start: 0, end: 1, label: "sick" },
    predicted: "sick",
    probabilities: [1 - p, p],
  }));
  const member = { fold, seed: 3, outer, temperature: 1, model: "", onnx: "", mean: [], std: [] };
  return { member, history: [], predictions };
}

Deno.test("joinFolds() averages the inner networks on the test part that they share, and keeps what each says of its own", () => {
  const [first, second] = joinFolds([
    finished(0, 0, [["validation", "a", 0.1], ["test", "x", 0.2], ["test", "y", 0.9]]),
    finished(1, 0, [["validation", "b", 0.3], ["test", "y", 0.5], ["test", "x", 0.4]]),
    finished(2, 1, [["validation", "x", 0.6], ["test", "a", 0.7]]),
  ]);
  expect(first.validation.map(({ recording, fold }) => [recording, fold])).toEqual([["a", 0], ["b", 0]]);
  expect(first.test.map(({ recording }) => recording)).toEqual(["x", "y"]);
  expect(first.test[0].probabilities[1]).toBeCloseTo(0.3, 12);
  expect(first.test[1].probabilities[1]).toBeCloseTo(0.7, 12);
  expect([second.fold, second.test.length]).toEqual([1, 1]);
});

Deno.test("joinFolds() leaves folds alone that are judged by one network each", () => {
  const folds = joinFolds([
    finished(0, undefined, [["test", "x", 0.2]]),
    finished(1, undefined, [["validation", "x", 0.9], ["test", "y", 0.4]]),
  ]);
  expect(folds.map(({ fold, test }) => [fold, test[0].probabilities[1]])).toEqual([[0, 0.2], [1, 0.4]]);
});
