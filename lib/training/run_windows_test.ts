import { expect } from "expect";
import { type ExampleSource, predictLogits } from "./mod.ts";

const source: ExampleSource = {
  count: 10,
  frames: 1,
  bands: 2,
  channels: 1,
  classes: 2,
  labels: new Int32Array(10),
  read: (index, into, offset) => into.set([index, 10 * index], offset),
};
const statistics = { mean: new Float32Array([1, 0]), std: new Float32Array([1, 10]) };

Deno.test("predictLogits() gives standardised windows in their order, in batches", async () => {
  const counts: number[] = [];
  const predict = (inputs: Float32Array, count: number) => {
    counts.push(count);
    return Promise.resolve(inputs.slice(0, 2 * count));
  };
  const indices = new Int32Array([7, 3, 3, 0, 9]);
  const logits = await predictLogits({ predict }, { source, indices, statistics, batchSize: 2 });
  expect([...logits]).toEqual([6, 7, 2, 3, 2, 3, -1, 0, 8, 9]);
  expect(counts).toEqual([2, 2, 1]);
});

Deno.test("predictLogits() ends between two batches where it is aborted", async () => {
  const controller = new AbortController();
  let batches = 0;
  const predict = (inputs: Float32Array, count: number) => {
    if (++batches === 2) controller.abort();
    return Promise.resolve(inputs.slice(0, 2 * count));
  };
  const indices = Int32Array.from({ length: 10 }, (_, i) => i);
  const { signal } = controller;
  expect(await predictLogits({ predict }, { source, indices, statistics, batchSize: 2, signal })).toBeUndefined();
  expect(batches).toBe(2);
});
