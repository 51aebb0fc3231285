import { expect } from "expect";
import * as tf from "@tensorflow/tfjs";
import { loadTfjs } from "../models/mod.ts";
import { gradCam } from "./grad_cam.ts";

/** Two maps, the input and its negative; class 1 has the weights 2 and -3 on their means. */
async function handMade(): Promise<tf.LayersModel> {
  await loadTfjs();
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({ inputShape: [2, 3, 1], filters: 2, kernelSize: 1, useBias: false, name: "maps" }),
      tf.layers.globalAveragePooling2d({}),
      tf.layers.dense({ units: 2, useBias: false }),
    ],
  });
  model.setWeights([tf.tensor([1, -1], [1, 1, 1, 2]), tf.tensor([[0, 2], [0, -3]])]);
  return model;
}

Deno.test("gradCam() weighs the maps by their mean slopes, as worked by hand", async () => {
  // The slopes are 2/6 and -3/6 everywhere: the heat is ReLU(2/6 x + 3/6 x), its largest value 1.
  const { heat } = await gradCam(await handMade(), Float32Array.of(-1, 0, 1, 2, 4, -3), { classIndex: 1 });
  expect([...heat]).toEqual([0, 0, 0.25, 0.5, 1, 0]);
});

Deno.test("gradCam() has no heat for a class that no map speaks for", async () => {
  const { heat } = await gradCam(await handMade(), new Float32Array(6).fill(1), { classIndex: 0 });
  expect([...heat]).toEqual([0, 0, 0, 0, 0, 0]);
});

Deno.test("gradCam() leaves the model and the memory as they were", async () => {
  const model = await handMade(), input = Float32Array.of(-1, 0, 1, 2, 4, -3);
  const logits = () => tf.tidy(() => (model.predict(tf.tensor4d(input, [1, 2, 3, 1])) as tf.Tensor).dataSync());
  const before = logits();
  await gradCam(model, input, { classIndex: 1 });
  const tensors = tf.memory().numTensors;
  await gradCam(model, input, { classIndex: 1 });
  expect(tf.memory().numTensors).toBe(tensors);
  expect(logits()).toEqual(before);
});

Deno.test("gradCam() says what doesn't fit", async () => {
  const model = await handMade();
  await expect(gradCam(model, new Float32Array(5), { classIndex: 1 })).rejects.toThrow(/2 x 3 x 1 values but found 5/);
  await expect(gradCam(model, new Float32Array(6), { classIndex: 2 })).rejects.toThrow(/class from 0 to 1 but found 2/);
  await expect(gradCam(model, new Float32Array(6), { classIndex: 1, layer: "conv9" })).rejects.toThrow(/maps.*"conv9"/);
});

Deno.test("gradCam() looks at the last maps of more than one point", async () => {
  await loadTfjs();
  const { conv2d, flatten, dense } = tf.layers;
  const model = tf.sequential({
    layers: [
      conv2d({ inputShape: [2, 3, 1], filters: 1, kernelSize: 1, useBias: false, kernelInitializer: "ones" }),
      conv2d({ filters: 1, kernelSize: [2, 3], kernelInitializer: "ones" }),
      flatten(),
      dense({ units: 2, kernelInitializer: "ones" }),
    ],
  });
  // The slope is 1 everywhere: the heat is the input above 0, its largest value 1.
  const { heat } = await gradCam(model, Float32Array.of(-1, 0, 1, 2, 4, -3), { classIndex: 1 });
  expect([...heat]).toEqual([0, 0, 0.25, 0.5, 1, 0]);
});
