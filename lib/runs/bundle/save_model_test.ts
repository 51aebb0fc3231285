import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { loadModel, runIn, saveModel } from "../mod.ts";

Deno.test("loadModel() gives the model that saveModel() wrote, to the last bit", async () => {
  await tf.setBackend("cpu");
  const folder = await Deno.makeTempDir();
  const input = tf.input({ shape: [4, 3, 1] });
  const hidden = tf.layers.conv2d({ filters: 2, kernelSize: 3, padding: "same" }).apply(input);
  const normal = tf.layers.batchNormalization().apply(hidden);
  const output = tf.layers.dense({ units: 2 }).apply(tf.layers.flatten().apply(normal)) as tf.SymbolicTensor;
  const model = tf.model({ inputs: input, outputs: output });
  await saveModel(runIn(folder), "model/model", model);
  const read = await loadModel(`${folder}/model/model.json`);
  const x = tf.ones([2, 4, 3, 1]);
  expect(await (read.predict(x) as tf.Tensor).data()).toEqual(await (model.predict(x) as tf.Tensor).data());
  await Deno.remove(folder, { recursive: true });
});
