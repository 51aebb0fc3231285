import { expect } from "expect";
import { trainingBatches } from "./batches.ts";
import { type ExampleSource, runWindows, trainingOptions, withMetadata } from "./mod.ts";

const shape = { frames: 2, bands: 2, channels: 1 };

Deno.test("withMetadata() puts the numbers of each window behind its frames, and zeros behind them", () => {
  const windows = Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8);
  const metadata = [Float32Array.of(10, 11, 12), Float32Array.of(20, 21, 22)];
  expect([...withMetadata(windows, metadata, shape)]).toEqual(
    [1, 2, 3, 4, 10, 11, 12, 0, 5, 6, 7, 8, 20, 21, 22, 0],
  );
});

/** Four windows, each of its own number all over, whose metadata is 10 times that; windows 0 and 1 are of one class. */
const source: ExampleSource = {
  ...shape,
  count: 4,
  classes: 2,
  labels: Int32Array.of(0, 0, 1, 1),
  metadata: { width: 1, values: (index) => Float32Array.of(10 * index) },
  read: (index, into, offset) => into.fill(index, offset, offset + 4),
};
const set = { source, indices: Int32Array.of(0, 1, 2, 3) };
const statistics = { mean: new Float32Array(2), std: new Float32Array(2).fill(1) };

Deno.test("trainingBatches() mixes the metadata by the share of the windows, and no other augmentation touches it", () => {
  const augment = [{ kind: "time-shift" }, { kind: "gain" }].map((step) => ({ ...step, probability: 1 }));
  const of = (augment: object[]) => {
    const options = trainingOptions.parse({ batchSize: 4, augment });
    const { inputs } = trainingBatches(set, { options, statistics, seed: 3 }).epoch(1).batch(0);
    return [0, 1, 2, 3].map((i) => [...inputs.subarray(6 * i, 6 * i + 6)]);
  };
  for (const window of of([{ kind: "mixup", probability: 1, alpha: 1 }])) {
    expect(window[4]).toBeCloseTo(10 * window[0], 4);
    expect(window[5]).toBe(0);
  }
  expect(of(augment).map((window) => window[4]).toSorted((a, b) => a - b)).toEqual([0, 10, 20, 30]);
});

Deno.test("runWindows() sends the same as training does, standardised in the sound alone", async () => {
  const sent: number[][] = [];
  const run = (inputs: Float32Array, count: number) => {
    sent.push([...inputs]);
    return Promise.resolve(new Float32Array(count));
  };
  const halved = { mean: new Float32Array(2), std: new Float32Array(2).fill(2) };
  await runWindows(run, { source, indices: Int32Array.of(3, 1), statistics: halved, batchSize: 1 });
  expect(sent).toEqual([[1.5, 1.5, 1.5, 1.5, 30, 0], [0.5, 0.5, 0.5, 0.5, 10, 0]]);
});
