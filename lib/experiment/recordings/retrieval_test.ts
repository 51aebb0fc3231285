import { expect } from "expect";
import { bilinear, cosine, type RecordingPair, retrieve } from "./retrieval.ts";

const pair = (row: number, group = 0): RecordingPair => ({ row, windows: [2 * row, 2 * row + 1], group });

Deno.test("retrieve() looks for each recording among those of its group, and finds none where all are alike", () => {
  const table = [[3, 1, 9], [2, 1, 9], [9, 9, 0]];
  const answers = retrieve([pair(0), pair(1), pair(2, 1)], (i, j) => table[i][j]);
  expect(answers.map(({ found }) => found)).toEqual([true, false, true]);
  expect(answers[0].probability).toBeCloseTo(Math.exp(3) / (Math.exp(3) + Math.exp(1)), 12);
  expect(answers[2].probability).toBe(1);
  expect(retrieve([pair(0), pair(1)], () => 1).map(({ found }) => found)).toEqual([false, false]);
});

Deno.test("bilinear() holds what a first crop asks against what a second one answers", () => {
  // (asks, answers) in two dimensions: of crops 0 and 1 of one recording, 0 and 1 of another.
  const outputs = Float32Array.of(1, 2, 0, 0, 0, 0, 3, 4, 5, 6, 0, 0, 0, 0, 7, 8);
  const similarity = bilinear(outputs, 2);
  expect(similarity(0, 0)).toBeCloseTo((3 + 8) / Math.SQRT2, 6);
  expect(similarity(1, 0)).toBeCloseTo((15 + 24) / Math.SQRT2, 6);
});

Deno.test("cosine() is 1 for equal vectors, whatever the unit of each number, and -1 for opposite ones", () => {
  const similarity = cosine(Float32Array.of(1000, 0.1, 1000, 0.1, -1000, -0.1, -1000, -0.1), 2);
  expect(similarity(0, 0)).toBeCloseTo(1, 6);
  expect(similarity(0, 1)).toBeCloseTo(-1, 6);
});
