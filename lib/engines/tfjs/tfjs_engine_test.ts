import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import type { Batch, SessionOptions } from "../engine.ts";
import { onBackend } from "./backend.ts";
import { tfjsEngine } from "./tfjs_engine.ts";

const cpu = await tfjsEngine("cpu");
const wasm = await tfjsEngine("wasm");

const OPTIONS: SessionOptions = {
  loss: { kind: "categorical-cross-entropy" },
  optimizer: { kind: "sgd", momentum: 0.9, clipNorm: 5 },
  batchSize: 4,
  seed: 3,
};
const BATCH: Batch = {
  inputs: Float32Array.from({ length: 4 * 48 }, (_, i) => Math.sin(i * i)),
  targets: new Float32Array([1, 0, 0, 1, 0.5, 0.5, 1, 0]),
  weights: new Float32Array([1, 2, 0.5, 1]),
  count: 4,
};
const STEP = { learningRate: 0.05, weightDecay: 0.01 };

function network(): tf.Sequential {
  const { conv2d, batchNormalization, activation, maxPooling2d, flatten, dropout, dense, gaussianNoise } = tf.layers;
  return tf.sequential({
    layers: [
      conv2d({ inputShape: [8, 6, 1], filters: 3, kernelSize: 3, padding: "same" }),
      batchNormalization(),
      activation({ activation: "relu" }),
      maxPooling2d({ poolSize: 2 }),
      gaussianNoise({ stddev: 0.1 }),
      flatten(),
      dropout({ rate: 0.3 }),
      dense({ units: 2 }),
    ],
  });
}

Deno.test("a wasm session follows the cpu session: losses, weights and statistics", async () => {
  const model = network();
  const [ours, reference] = [await wasm.train(model, OPTIONS), await cpu.train(model, OPTIONS)];
  for (let step = 0; step < 3; step++) {
    const [{ loss }, expected] = [await ours.step(BATCH, STEP), await reference.step(BATCH, STEP)];
    expect(Math.abs(loss - expected.loss)).toBeLessThan(1e-5);
  }
  const [found, expected] = [await ours.state(), await reference.state()];
  for (const [name, { data }] of Object.entries(expected.arrays)) {
    data.forEach((value, i) => expect(Math.abs(found.arrays[name].data[i] - value)).toBeLessThan(1e-5));
  }
  await ours.dispose();
  await reference.dispose();
  model.dispose();
});

Deno.test("the loss of a session is the weighted sum over the examples divided by their count", async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [1], units: 2, kernelInitializer: "zeros" })] });
  const session = await wasm.train(model, { ...OPTIONS, loss: { kind: "categorical-cross-entropy" } });
  const { loss } = await session.step({ ...BATCH, inputs: BATCH.inputs.slice(0, 4) }, STEP);
  // Equal logits: ln 2 for each example, weights 1 + 2 + 0.5 + 1.
  expect(loss).toBeCloseTo(4.5 * Math.log(2) / 4, 6);
  await session.dispose();
  model.dispose();
});

Deno.test("a restored session goes on with the same bits, dropout and averages included", async () => {
  const model = network();
  for (const kind of ["sgd", "adam", "adamw"] as const) {
    const options: SessionOptions = { ...OPTIONS, optimizer: { kind }, ema: 0.9 };
    const through = await wasm.train(model, options);
    for (let step = 0; step < 2; step++) await through.step(BATCH, STEP);
    const state = structuredClone(await through.state());
    const resumed = await wasm.train(model, options);
    await resumed.restore(state);
    for (let step = 0; step < 2; step++) {
      expect(await resumed.step(BATCH, STEP)).toEqual(await through.step(BATCH, STEP));
    }
    expect(await resumed.state()).toEqual(await through.state());
    expect(await resumed.predict(BATCH.inputs, 4)).toEqual(await through.predict(BATCH.inputs, 4));
    await resumed.dispose();
    await through.dispose();
  }
  model.dispose();
});

Deno.test("a session leaves the model alone until its weights are written to it", async () => {
  const model = network();
  const before = model.getWeights().map((weight) => weight.dataSync().slice());
  const session = await wasm.train(model, OPTIONS);
  await session.step(BATCH, STEP);
  expect(model.getWeights().map((weight) => weight.dataSync())).toEqual(before);
  await session.writeTo(model);
  expect(model.getWeights().map((weight) => weight.dataSync())).not.toEqual(before);
  const found = await onBackend(
    "wasm",
    () => tf.tidy(() => (model.predict(tf.tensor(BATCH.inputs, [4, 8, 6, 1])) as tf.Tensor).dataSync()),
  );
  expect(found).toEqual(await session.predict(BATCH.inputs, 4));
  await session.dispose();
  model.dispose();
});

Deno.test("a session predicts with the moving average of its weights", async () => {
  const model = tf.sequential({ layers: [tf.layers.dense({ inputShape: [1], units: 1, useBias: false })] });
  model.setWeights([tf.tensor2d([[1]])]);
  const options: SessionOptions = { ...OPTIONS, loss: { kind: "binary-cross-entropy" }, optimizer: { kind: "sgd" } };
  const session = await cpu.train(model, { ...options, ema: 0.75 });
  const batch = { inputs: new Float32Array([0]), targets: new Float32Array([0]), weights: new Float32Array([1]) };
  // Input 0 gives no gradient: only the decay moves the weight, 1 to 0.9 to 0.81.
  for (let step = 0; step < 2; step++) {
    await session.step({ ...batch, count: 1 }, { learningRate: 0.1, weightDecay: 1 });
  }
  const average = 0.75 * (0.75 * 1 + 0.25 * 0.9) + 0.25 * 0.81;
  expect((await session.predict(new Float32Array([1]), 1))[0]).toBeCloseTo(average, 6);
  await session.dispose();
  model.dispose();
});

Deno.test("steps, predictions and states leave no tensor behind", async () => {
  const model = network();
  const before = tf.memory().numTensors;
  const session = await wasm.train(model, { ...OPTIONS, ema: 0.9 });
  await session.step(BATCH, STEP);
  const { numTensors, numBytes } = tf.memory();
  for (let step = 0; step < 3; step++) await session.step(BATCH, STEP);
  await session.predict(BATCH.inputs, 3);
  await session.restore(await session.state());
  await session.writeTo(model);
  expect(tf.memory()).toMatchObject({ numTensors, numBytes });
  await session.dispose();
  expect(tf.memory().numTensors).toBe(before);
  model.dispose();
});

Deno.test("a step whose loss is no number names what broke first and leaves the state as it was", async () => {
  const { dense, batchNormalization } = tf.layers;
  const model = tf.sequential({
    layers: [
      dense({ inputShape: [2], units: 2, name: "first" }),
      dense({ units: 2, name: "second", kernelInitializer: tf.initializers.constant({ value: 3e38 }) }),
      batchNormalization({ name: "third" }),
    ],
  });
  const session = await wasm.train(model, { ...OPTIONS, batchSize: 2 });
  const batch = { ...BATCH, inputs: new Float32Array([9, 2, 9, 4]), count: 2 };
  const before = await session.state();
  const { numTensors } = tf.memory();
  const small = { ...batch, targets: BATCH.targets.subarray(0, 4) };
  await expect(session.step(small, STEP)).rejects.toThrow(
    /number but found NaN at step 0 with learning rate 0\.05 in the layer "second" \(Dense\): lower/,
  );
  await expect(session.step({ ...small, inputs: new Float32Array([1, NaN, 3, 4]) }, STEP)).rejects.toThrow(
    /in the inputs of the batch/,
  );
  expect(await session.state()).toEqual(before);
  expect(tf.memory().numTensors).toBe(numTensors);
  await session.dispose();
  model.dispose();
});

Deno.test("a step refuses a batch of another shape", async () => {
  const model = network();
  const session = await wasm.train(model, OPTIONS);
  const narrow = { ...BATCH, inputs: BATCH.inputs.subarray(0, 100) };
  await expect(session.step(narrow, STEP)).rejects.toThrow(/4 x 48 numbers but found 100 in the inputs of a batch/);
  const targets = BATCH.targets.subarray(0, 4);
  await expect(session.step({ ...BATCH, targets }, STEP)).rejects.toThrow(/4 x 2 numbers but found 4 in the targets/);
  await session.dispose();
  model.dispose();
});

Deno.test("Engine.train() says before the first step what can't be trained", async () => {
  const model = network();
  await expect(wasm.train(model, { ...OPTIONS, batchSize: 1 })).rejects.toThrow(/at least 2 examples.*batchSize 1/);
  model.trainable = false;
  await expect(wasm.train(model, OPTIONS)).rejects.toThrow(/weights that can be trained but found none/);
  const { alphaDropout, dense } = tf.layers;
  const certain = tf.sequential({ layers: [dense({ inputShape: [2], units: 2, activation: "softmax", name: "top" })] });
  await expect(wasm.train(certain, OPTIONS)).rejects.toThrow(/gives logits .* but found softmax in the layer "top"/);
  const noisy = tf.sequential({ layers: [dense({ inputShape: [2], units: 2 }), alphaDropout({ rate: 0.1 })] });
  await expect(wasm.train(noisy, OPTIONS)).rejects.toThrow(/the AlphaDropout layer/);
});
