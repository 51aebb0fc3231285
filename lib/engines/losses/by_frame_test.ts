import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { buildModel, inOneRow, type ModelOptions } from "../../models/mod.ts";
import {
  expectSameGradients,
  expectTrueGradients,
  randomBatch,
  randomWeights,
} from "../ort/testing/compare_with_tfjs.ts";
import { type Batch, type Loss, openEngine } from "../mod.ts";
import { lossOf } from "./mod.ts";

const FRAMES = 7, CLASSES = 3;
const SHAPE = { frames: FRAMES, bands: 4, channels: 1, classes: CLASSES, byFrame: true, seed: 0 };
const NETWORKS: ModelOptions[] = [
  { kind: "gru", units: 3, layers: 2, hidden: [4], dropout: 0 },
  { kind: "fcn", filters: [3, 4], kernel: 3, dropout: 0 },
];

async function network(options: ModelOptions) {
  return await inOneRow(await buildModel(options, SHAPE));
}

/** Frames of one class each, some of none, each class with a weight of its own. */
function framedBatch(model: tf.LayersModel, count: number): Batch {
  const batch = randomBatch(model, { count, seed: 3 });
  const targets = new Float32Array(count * FRAMES * CLASSES);
  for (let row = 0; row < count * FRAMES; row++) {
    const label = (row * row + 2 * row) % 4;
    if (label < CLASSES) targets[row * CLASSES + label] = [0.5, 1, 2][label];
  }
  return { ...batch, targets };
}

Deno.test("by-frame is the sum of weighted logarithms over the frames that are known, by hand", () => {
  const { definition, options } = lossOf({ kind: "by-frame", classes: 2 });
  // Probabilities .5 and .5, .75 and .25, and a frame of no known class.
  const logits = tf.tensor2d([[0, 0, Math.log(3), 0, 5, -5]]);
  const targets = tf.tensor2d([[1, 0, 0, 2, 0, 0]]);
  const expected = (Math.log(2) + 2 * Math.log(4)) / 3;
  expect(definition.tensor(logits, targets, options).dataSync()[0]).toBeCloseTo(expected, 6);
});

for (const options of NETWORKS) {
  const { kind } = options as { kind: string };
  for (const inner of ["categorical-cross-entropy", "focal"]) {
    Deno.test(`by-frame ${inner} on ${kind}: ort has the gradients of tfjs, with frames that don't count`, async () => {
      const model = await network(options);
      randomWeights(model, 1);
      await expectSameGradients(
        model,
        { kind: "by-frame", of: inner, classes: CLASSES } as Loss,
        framedBatch(model, 4),
      );
    });
  }
  Deno.test(`by-frame on ${kind}: wasm and ort, also on two threads, train with the losses of cpu`, async () => {
    const found: number[][] = [];
    for (const [name, threads] of [["cpu", 1], ["wasm", 1], ["ort", 1], ["ort", 2]] as const) {
      const model = await network(options);
      const { engine } = await openEngine(name, { threads });
      const loss: Loss = { kind: "by-frame", classes: CLASSES };
      const session = await engine.train(model, { loss, optimizer: { kind: "adam" }, batchSize: 4, seed: 0, threads });
      const losses: number[] = [];
      for (let step = 0; step < 3; step++) {
        losses.push((await session.step(framedBatch(model, 4), { learningRate: 0.01 })).loss);
      }
      await session.dispose();
      found.push(losses);
    }
    const [cpu, ...others] = found;
    // On two threads each normalises its own half of a batch, as it does for every network.
    for (const losses of kind === "fcn" ? others.slice(0, 2) : others) {
      losses.forEach((loss, i) => expect(Math.abs(loss / cpu[i] - 1)).toBeLessThan(1e-4));
    }
  });
}

Deno.test("by-frame: the gradients are those of central differences", async () => {
  // gru alone: a step over the kink of a ReLU is no derivative.
  const model = await network(NETWORKS[0]);
  randomWeights(model, 2);
  await expectTrueGradients(model, { kind: "by-frame", classes: CLASSES }, framedBatch(model, 3));
});
