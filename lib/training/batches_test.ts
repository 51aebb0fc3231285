import { expect } from "expect";
import { trainingBatches } from "./batches.ts";
import { type ExampleSource, type TrainingOptions, trainingOptions } from "./mod.ts";

const [FRAMES, N_MELS] = [4, 3];
const STATISTICS = { mean: new Float32Array(N_MELS).fill(1), std: new Float32Array(N_MELS).fill(2) };

/** Windows whose values are all their index, of two classes of 1 to 3. */
function sourceOf(count: number): ExampleSource & { reads: number } {
  return {
    count,
    frames: FRAMES,
    bands: N_MELS,
    channels: 1,
    classes: 2,
    labels: Int32Array.from({ length: count }, (_, i) => i % 4 === 0 ? 1 : 0),
    reads: 0,
    read(index, into, offset) {
      this.reads++;
      into.fill(index, offset, offset + FRAMES * N_MELS);
    },
  };
}

function batchesOf(source: ExampleSource, options: TrainingOptions) {
  const indices = Int32Array.from({ length: source.count }, (_, i) => i);
  return trainingBatches({ source, indices }, {
    options: trainingOptions.parse(options),
    statistics: STATISTICS,
    seed: 0,
  });
}

Deno.test("trainingBatches() reads no window but those of the batch that is asked for", () => {
  const source = sourceOf(100_000);
  batchesOf(source, { batchSize: 8 }).epoch(1).batch(5000);
  expect(source.reads).toBe(8);
});

Deno.test("trainingBatches() standardises each window and gives it its class and weight", () => {
  const source = sourceOf(16);
  const { inputs, targets, weights, count } = batchesOf(source, { batchSize: 16, classWeights: "inverse" }).epoch(1)
    .batch(0);
  expect(count).toBe(16);
  for (let i = 0; i < count; i++) {
    const values = inputs.subarray(i * FRAMES * N_MELS, (i + 1) * FRAMES * N_MELS);
    const index = values[0] * 2 + 1;
    expect(values.every((value) => value === (index - 1) / 2)).toBe(true);
    expect([...targets.subarray(2 * i, 2 * i + 2)]).toEqual(index % 4 === 0 ? [0, 1] : [1, 0]);
    // 16 windows, 12 and 4 a class: 16 / (2 12) and 16 / (2 4).
    expect(weights[i]).toBeCloseTo(index % 4 === 0 ? 2 : 2 / 3, 6);
  }
});

Deno.test("trainingBatches() trains on the shares of a window that has some, smoothed as a class is", () => {
  const source = { ...sourceOf(2), shares: (index: number) => index === 1 ? [0.25, 0.75] : undefined };
  const { inputs, targets } = batchesOf(source, { batchSize: 2, labelSmoothing: 0.2 }).epoch(1).batch(0);
  const at = inputs[0] * 2 + 1 === 1 ? 0 : 1;
  expect([...targets.subarray(2 * at, 2 * at + 2)].map((share) => share.toFixed(4))).toEqual(["0.3000", "0.7000"]);
});

Deno.test("trainingBatches() gives the same batch whatever was asked for before", () => {
  const options: TrainingOptions = { batchSize: 8, augment: ["time-shift", "mixup", "spec-augment"] };
  const copy = (epoch: number, number: number, batches = batchesOf(sourceOf(40), options)) =>
    structuredClone(batches.epoch(epoch).batch(number));
  const used = batchesOf(sourceOf(40), options);
  for (const [epoch, number] of [[1, 0], [2, 4], [1, 3], [2, 4]]) {
    expect(copy(epoch, number, used)).toEqual(copy(epoch, number));
  }
  expect(copy(1, 0).inputs).not.toEqual(copy(2, 0).inputs);
});

Deno.test("trainingBatches() has a smaller last batch, and leaves one of a single window out", () => {
  const seventeen = batchesOf(sourceOf(17), { batchSize: 8 });
  expect([seventeen.perEpoch, seventeen.examples]).toEqual([2, 16]);
  const eighteen = batchesOf(sourceOf(18), { batchSize: 8 });
  expect([eighteen.perEpoch, eighteen.examples, eighteen.epoch(1).batch(2).count]).toEqual([3, 18, 2]);
});

Deno.test("trainingBatches() smooths labels over all classes, towards a half where each is a question of its own", () => {
  const targetsOf = (loss: TrainingOptions["loss"]) =>
    batchesOf({ ...sourceOf(16), classes: 4 }, { batchSize: 16, loss, labelSmoothing: 0.2 }).epoch(1).batch(0).targets;
  for (const [loss, low, high] of [["focal", 0.05, 0.85], ["binary-cross-entropy", 0.1, 0.9]] as const) {
    const found = [...targetsOf(loss).subarray(0, 4)].sort();
    expect(found[0]).toBeCloseTo(low, 6);
    expect(found[3]).toBeCloseTo(high, 6);
  }
});
