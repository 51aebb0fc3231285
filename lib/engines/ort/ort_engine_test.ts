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

Deno.test("ortEngine() goes on from a saved state with the same bits", async () => {
  const engine = await ortEngine({ threads: 1 });
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
