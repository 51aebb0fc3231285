import { expect } from "expect";
import { testedOnce } from "./learn_refusals.ts";

Deno.test("testedOnce() counts a recording once, however many inner folds, seeds and repeats judge it", () => {
  const parts = [[0, 1], [0, 1], [2, 3], [1, 2, 3, 4]].map((test) => ({ test: Int32Array.from(test) }));
  expect(testedOnce(parts).map(({ test }) => [...test])).toEqual([[0, 1], [], [2, 3], [4]]);
});
