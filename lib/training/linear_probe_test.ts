import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { buildModel } from "../models/mod.ts";
import { openEngine } from "../engines/mod.ts";
import { randomStream } from "../random/mod.ts";
import { fitLogistic, predictLogistic } from "../statistics/mod.ts";
import { type ExampleSource, fitLinearProbe, predictLogits, sessionOptions, softmax } from "./mod.ts";

const BANDS = 3, COUNT = 120;

/** Rows of three numbers whose sum, with noise, tells the class; a source of a third of them. */
function rowsOf(classes: number): ExampleSource & { values: Float64Array } {
  const stream = randomStream(classes, "rows");
  const labels = Int32Array.from({ length: COUNT }, (_, i) => (i * i) % classes);
  const values = Float64Array.from({ length: COUNT * BANDS }, (_, at) => {
    const row = Math.floor(at / BANDS);
    return Math.fround(5 + labels[row] * (at % BANDS) + 2 * stream.normal());
  });
  return {
    ...{ count: COUNT, frames: 1, bands: BANDS, channels: 1, classes, labels, values },
    sources: Int32Array.from(labels, (_, i) => Number(i % 3 === 0)),
    read: (index, into, offset) => into.set(values.subarray(index * BANDS, (index + 1) * BANDS), offset),
  };
}

const range = (from: number, to: number) => Int32Array.from({ length: to - from }, (_, i) => from + i);
const train = range(0, 80), validation = range(80, COUNT);

for (const classes of [2, 3]) {
  Deno.test(`fitLinearProbe() gives a head the answers of a weighted logistic regression (${classes} classes)`, async () => {
    const source = rowsOf(classes);
    const model = await buildModel({ kind: "head", dropout: 0.5 }, { ...source, seed: 0 });
    const scores = [0.2, 0.9];
    const { status, history, bestEpoch, statistics } = await fitLinearProbe({
      model,
      options: { linearProbe: { c: [1e-3, 0.1] }, sampler: "source-and-class-balanced" },
      train: { source, indices: train },
      validation: { source, indices: validation },
      monitor: () => scores.shift()!,
    });
    expect([status, bestEpoch, history.map(({ validationScore }) => validationScore)]).toEqual(
      ["finished", 2, [0.2, 0.9]],
    );
    // By hand: standardised columns, and each pair of source and class counts the same.
    const columns = Array.from({ length: BANDS }, (_, f) => Array.from(train, (row) => source.values[row * BANDS + f]));
    const mean = columns.map((column) => column.reduce((sum, value) => sum + value) / column.length);
    const std = columns.map((column, f) =>
      Math.sqrt(column.reduce((sum, value) => sum + (value - mean[f]) ** 2, 0) / column.length)
    );
    const scaled = (rows: Int32Array) =>
      Array.from(rows).flatMap((row) => mean.map((m, f) => (source.values[row * BANDS + f] - m) / std[f]));
    const pairOf = (row: number) => `${source.sources![row]}/${source.labels[row]}`;
    const pairs = Map.groupBy(train, pairOf);
    const weights = Array.from(train, (row) => train.length / pairs.size / pairs.get(pairOf(row))!.length);
    const labels = Array.from(train, (row) => source.labels[row]);
    const fitted = fitLogistic(scaled(train), labels, {
      size: classes,
      width: BANDS,
      c: 0.1,
      weights,
      tolerance: 1e-9,
    });
    const expected = predictLogistic(fitted, scaled(validation));

    const { engine } = await openEngine("ort", { threads: 1 });
    const session = await engine.train(model, sessionOptions({}, { seed: 0 }));
    const logits = await predictLogits(session, { source, indices: validation, statistics });
    // The search ends where no entry of the gradient is above 1e-3 √n, with a curvature of 1 at least in each direction.
    const bound = 1e-3 * Math.sqrt(train.length) * BANDS * classes;
    softmax(logits, classes).forEach((probability, at) => {
      expect(Math.abs(probability - expected[at])).toBeLessThan(bound);
    });
    await session.dispose();
    model.dispose();
  });
}

Deno.test("fitLinearProbe() leaves the layers before the last as they are, and refuses what only steps can follow", async () => {
  const source = rowsOf(2);
  const model = await buildModel({ kind: "head", hidden: [4] }, { ...source, seed: 0 });
  const hidden = () => Array.from(model.getLayer("hidden1").getWeights()[0].dataSync());
  const before = hidden();
  const request = {
    model,
    train: { source, indices: train },
    validation: { source, indices: validation },
    monitor: () => 0,
  };
  await fitLinearProbe({ ...request, options: { linearProbe: {} } });
  expect(hidden()).toEqual(before);
  expect(model.getLayer("logits").getWeights()[0].dataSync().some((weight) => weight !== 0)).toBe(true);
  await expect(fitLinearProbe({ ...request, options: { linearProbe: {}, ema: 0.9, labelSmoothing: 0.1 } })).rejects
    .toThrow(/linear probe .* found ema, labelSmoothing/);
  const relu = tf.sequential({
    layers: [tf.layers.flatten({ inputShape: [1, BANDS, 1] }), tf.layers.dense({ units: 2, activation: "relu" })],
  });
  await expect(fitLinearProbe({ ...request, model: relu, options: { linearProbe: {} } })).rejects.toThrow(
    /dense layer .* without an activation/,
  );
});
