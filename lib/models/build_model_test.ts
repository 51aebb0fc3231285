import { expect } from "expect";
import { buildModel, loadTfjs, modelOptions } from "./mod.ts";

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

Deno.test("buildModel() refuses a shape without frames", async () => {
  const shape = { frames: 0, bands: 8, channels: 1, classes: 2, seed: 0 };
  await expect(buildModel({ kind: "cnn" }, shape)).rejects.toThrow(/whole number of frames above 0 but found 0/);
});

Deno.test("modelOptions refuses a key that no family knows", () => {
  expect(() => modelOptions.parse({ kind: "cnn", filter: [3] })).toThrow(/filter/);
});
