import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { ortEngine } from "./mod.ts";
import {
  CROSS_ENTROPY,
  expectSameGradients,
  expectSameTraining,
  randomBatch,
  randomWeights,
} from "./testing/compare_with_tfjs.ts";

const { conv2d, batchNormalization, activation, maxPooling2d, globalAveragePooling2d, dropout, dense } = tf.layers;

function smallCnn({ rate = 0 } = {}): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      conv2d({ inputShape: [8, 6, 2], filters: 3, kernelSize: 3, padding: "same", useBias: false }),
      batchNormalization(),
      activation({ activation: "relu" }),
      maxPooling2d({ poolSize: 2 }),
      conv2d({ filters: 4, kernelSize: 3, padding: "valid", useBias: false }),
      batchNormalization(),
      activation({ activation: "relu" }),
      globalAveragePooling2d({}),
      dropout({ rate }),
      dense({ units: 3 }),
    ],
  });
  randomWeights(model, 1);
  return model;
}

Deno.test("ortEngine() derives a CNN as tfjs does", async () => {
  const model = smallCnn();
  await expectSameGradients(model, CROSS_ENTROPY, randomBatch(model, { count: 4, seed: 0 }));
});

for (
  const optimizer of [
    { kind: "sgd" },
    { kind: "sgd", momentum: 0.9, nesterov: true },
    { kind: "adam" },
    { kind: "adamw", clipNorm: 0.5 },
  ] as const
) {
  Deno.test(`ortEngine() moves weights and statistics as tfjs does: ${JSON.stringify(optimizer)}`, async () => {
    await expectSameTraining(smallCnn(), { loss: CROSS_ENTROPY, optimizer, batchSize: 4, seed: 0, ema: 0.9 });
  });
}

for (const threads of [1, 2]) {
  Deno.test(`ortEngine() goes on from a saved state with the same bits on ${threads} threads`, async () => {
    const engine = await ortEngine({ threads });
    const model = smallCnn({ rate: 0.4 });
    const options = { loss: CROSS_ENTROPY, optimizer: { kind: "adamw" }, batchSize: 4, seed: 3, ema: 0.9 } as const;
    const train = async (session: Awaited<ReturnType<typeof engine.train>>, from: number, to: number) => {
      const losses: number[] = [];
      for (let step = from; step < to; step++) {
        const batch = randomBatch(model, { count: 4, seed: step });
        losses.push((await session.step(batch, { learningRate: 0.01, weightDecay: 0.1 })).loss);
      }
      return losses;
    };
    const whole = await engine.train(model, options);
    const losses = await train(whole, 0, 6);

    const first = await engine.train(model, options);
    expect(await train(first, 0, 3)).toEqual(losses.slice(0, 3));
    const saved = await first.state();
    const second = await engine.train(model, options);
    await second.restore(saved);
    expect(await train(second, 3, 6)).toEqual(losses.slice(3));
    expect(await second.state()).toEqual(await whole.state());
    for (const session of [whole, first, second]) await session.dispose();
  });
}

Deno.test("ortEngine() stays within 1e-3 of tfjs after 20 steps of AdamW", async () => {
  // Rounding grows with each step, at most tenfold over twenty: the bound is ten times that of three steps.
  const options = { loss: CROSS_ENTROPY, optimizer: { kind: "adamw", epsilon: 1e-4 }, batchSize: 5, seed: 0 } as const;
  await expectSameTraining(smallCnn(), options, { steps: 20, tolerance: 1e-3 });
});

Deno.test("ortEngine() shares a batch between two replicas with the result of one, where no layer looks at the batch", async () => {
  const model = tf.sequential({
    layers: [
      conv2d({ inputShape: [8, 6, 2], filters: 16, kernelSize: 3, padding: "same", activation: "relu" }),
      maxPooling2d({ poolSize: 2 }),
      globalAveragePooling2d({}),
      dense({ units: 3 }),
    ],
  });
  randomWeights(model, 1);
  const options = {
    loss: CROSS_ENTROPY,
    optimizer: { kind: "sgd", momentum: 0.9, clipNorm: 0.5 },
    seed: 0,
    threads: 2,
  } as const;
  for (const batchSize of [4, 7]) await expectSameTraining(model, { ...options, batchSize, ema: 0.9 });
});

Deno.test("ortEngine() adds and follows gradients of more than a million weights on all threads as one does", async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [10, 100, 1] }),
      dense({ units: 1100, activation: "relu" }),
      dense({ units: 3 }),
    ],
  });
  randomWeights(model, 1);
  const optimizer = { kind: "sgd", momentum: 0.9 } as const;
  await expectSameTraining(model, { loss: CROSS_ENTROPY, optimizer, seed: 0, threads: 3, batchSize: 6 });
});

Deno.test("ortEngine() gives the same bits for the same seed and thread count", async () => {
  for (const threads of [1, 2]) {
    const engine = await ortEngine({ threads });
    const losses = await Promise.all([1, 2].map(async () => {
      const model = smallCnn({ rate: 0.3 });
      const options = { loss: CROSS_ENTROPY, optimizer: { kind: "adam" }, batchSize: 6, seed: 1 } as const;
      const session = await engine.train(model, options);
      const values: number[] = [];
      for (let step = 0; step < 4; step++) {
        values.push((await session.step(randomBatch(model, { count: 6, seed: step }), { learningRate: 0.01 })).loss);
      }
      await session.dispose();
      return values;
    }));
    expect(losses[0]).toEqual(losses[1]);
  }
});

Deno.test("ortEngine() names the layer whose values broke first", async () => {
  const model = smallCnn();
  const engine = await ortEngine({ threads: 1 });
  const session = await engine.train(model, { loss: CROSS_ENTROPY, optimizer: { kind: "sgd" }, batchSize: 4, seed: 0 });
  const batch = randomBatch(model, { count: 4, seed: 0 });
  const saved = await session.state();
  const huge = { ...batch, inputs: batch.inputs.map((value) => value * 1e38) };
  const layer = model.layers[0].name;
  await expect(session.step(huge, { learningRate: 0.1 })).rejects.toThrow(
    new RegExp(`NaN at step 0 with learning rate 0.1 in the layer "(${layer}|${model.layers[1].name})"`),
  );
  const broken = { ...batch, inputs: batch.inputs.with(3, NaN) };
  await expect(session.step(broken, { learningRate: 0.1 })).rejects.toThrow("in the inputs of the batch");
  expect(await session.state()).toEqual(saved);
  await session.step(batch, { learningRate: 1e38 });
  await expect(session.step(batch, { learningRate: 0.1 })).rejects.toThrow(/at step 1 .* in the (weight|layer)/);
  await session.dispose();
});

Deno.test("ortEngine() names a layer that it doesn't cover and an engine that does", async () => {
  const engine = await ortEngine({ threads: 1 });
  const rnn = tf.layers.simpleRNN({ name: "memory", units: 2, inputShape: [3, 2] });
  const model = tf.sequential({ layers: [rnn, dense({ units: 2 })] });
  const options = { loss: CROSS_ENTROPY, optimizer: { kind: "sgd" }, batchSize: 4, seed: 0 } as const;
  await expect((async () => await engine.train(model, options))()).rejects.toThrow(
    'found SimpleRNN in the layer "memory": use the engine wasm or cpu',
  );
});

Deno.test("ortEngine() refuses causal padding, which tfjs can't run either, and says what to do", async () => {
  const engine = await ortEngine({ threads: 1 });
  const causal = tf.layers.conv1d({ filters: 2, kernelSize: 2, padding: "causal", inputShape: [4, 1] });
  const model = tf.sequential({ layers: [causal, tf.layers.globalAveragePooling1d({}), dense({ units: 2 })] });
  const options = { loss: CROSS_ENTROPY, optimizer: { kind: "sgd" }, batchSize: 4, seed: 0 } as const;
  await expect((async () => await engine.train(model, options))()).rejects.toThrow(
    /found Conv1D with padding causal in the layer .*: no engine can run/,
  );
});

Deno.test("ortEngine() sends nobody to another engine for a batch normalisation over an axis that tfjs can't train", async () => {
  const engine = await ortEngine({ threads: 1 });
  const first = tf.layers.batchNormalization({ axis: 1, inputShape: [4, 3, 2] });
  const model = tf.sequential({ layers: [first, tf.layers.globalAveragePooling2d({}), dense({ units: 2 })] });
  const options = { loss: CROSS_ENTROPY, optimizer: { kind: "sgd" }, batchSize: 4, seed: 0 } as const;
  await expect((async () => await engine.train(model, options))()).rejects.toThrow(/axis 1 .*put Permute layers/);
});

Deno.test("ortEngine() refuses a batch of one example under batch normalisation", async () => {
  const model = smallCnn();
  const engine = await ortEngine({ threads: 1 });
  const session = await engine.train(model, { loss: CROSS_ENTROPY, optimizer: { kind: "sgd" }, batchSize: 4, seed: 0 });
  await expect(session.step(randomBatch(model, { count: 1, seed: 0 }), { learningRate: 0.1 })).rejects.toThrow(
    "Expected at least 2 examples for batch normalisation but found 1",
  );
  await session.dispose();
});

Deno.test("ortEngine() says which array of a batch is too short", async () => {
  const model = smallCnn();
  const engine = await ortEngine({ threads: 1 });
  const session = await engine.train(model, { loss: CROSS_ENTROPY, optimizer: { kind: "sgd" }, batchSize: 4, seed: 0 });
  const batch = { ...randomBatch(model, { count: 4, seed: 0 }), inputs: new Float32Array(7) };
  await expect(session.step(batch, { learningRate: 0.1 })).rejects.toThrow("Expected 4 x 96 numbers but found 7");
  await session.dispose();
});
