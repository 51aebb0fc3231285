import { expect } from "expect";
import type { SymbolicTensor } from "@tensorflow/tfjs";
import { z } from "zod";
import { InputError } from "../errors/mod.ts";
import { buildModel, defineModel, loadTfjs, type ModelOptions, modelOptions } from "./mod.ts";

const tf = await loadTfjs();

Deno.test("buildModel() gives logits whose width is the number of classes", async () => {
  const model = await buildModel({ kind: "cnn", filters: [4, 8] }, {
    frames: 9,
    bands: 7,
    channels: 1,
    classes: 3,
    seed: 0,
  });
  expect(model.inputs[0].shape).toEqual([null, 9, 7, 1]);
  const logits = model.predict(tf.ones([2, 9, 7, 1])) as import("@tensorflow/tfjs").Tensor;
  expect(logits.shape).toEqual([2, 3]);
  // Softmax would make the row sum to 1.
  const [a, b, c] = await logits.data();
  expect(Math.abs(a + b + c - 1)).toBeGreaterThan(1e-3);
  model.dispose();
});

Deno.test("buildModel() draws the same bits for a seed and others for another", async () => {
  const weights = async (seed: number) => {
    const model = await buildModel({ kind: "cnn", filters: [4] }, {
      frames: 8,
      bands: 8,
      channels: 1,
      classes: 2,
      seed,
    });
    const values = model.getWeights().flatMap((weight) => [...weight.dataSync()]);
    model.dispose();
    return values;
  };
  expect(await weights(1)).toEqual(await weights(1));
  expect(await weights(1)).not.toEqual(await weights(2));
});

Deno.test("buildModel() leaves no tensor behind but the weights", async () => {
  const before = tf.memory().numTensors;
  const model = await buildModel({ kind: "cnn", filters: [4] }, {
    frames: 8,
    bands: 8,
    channels: 1,
    classes: 2,
    seed: 0,
  });
  expect(tf.memory().numTensors - before).toBe(model.weights.length);
  model.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

const own = (name: string, units: () => number, options: Partial<Parameters<typeof tf.layers.dense>[0]> = {}) =>
  defineModel({
    name,
    options: z.strictObject({}),
    build(_, { frames, bands, channels, classes }) {
      const input = tf.input({ shape: [frames, bands, channels] });
      const flat = tf.layers.flatten().apply(input);
      const hidden = tf.layers.dense({ units: units(), ...options }).apply(flat);
      return tf.model({ inputs: input, outputs: tf.layers.dense({ units: classes }).apply(hidden) as SymbolicTensor });
    },
  })();

Deno.test("buildModel() refuses a network of one's own that is another one when it is built again, and says why", async () => {
  const build = (model: ModelOptions) => buildModel(model, { frames: 4, bands: 4, channels: 1, classes: 2, seed: 0 });
  const before = tf.memory().numTensors;
  const steady = await build(
    own("test-steady", () => 4, { biasInitializer: tf.initializers.randomNormal({ seed: 1 }) }),
  );
  expect(tf.memory().numTensors - before).toBe(steady.weights.length);
  let calls = 0;
  const where = /"test-\w+" of .*build_model_test\.ts/;
  for (
    const [model, found] of [
      [own("test-wider", () => ++calls), /other layers/],
      [own("test-drawn", () => 4, { biasInitializer: "randomNormal" }), /first values of dense\w*\/bias/],
    ] as const
  ) {
    const refused = await build(model).catch((error) => error);
    expect(refused).toBeInstanceOf(InputError);
    for (const words of [found, where, /Math\.random/]) expect(refused.message).toMatch(words);
  }
});

Deno.test("buildModel() refuses a shape without frames", async () => {
  const shape = { frames: 0, bands: 8, channels: 1, classes: 2, seed: 0 };
  await expect(buildModel({ kind: "cnn" }, shape)).rejects.toThrow(/whole number of frames above 0 but found 0/);
});

Deno.test("modelOptions refuses a key that no family knows", () => {
  expect(() => modelOptions.parse({ kind: "cnn", filter: [3] })).toThrow(/filter/);
});
