import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { loadTfjs, splitFrozen } from "./mod.ts";

await loadTfjs();
const { layers } = tf;

/** Two branches that meet, then a layer that learns. */
function branched({ learning = false, dropout = false } = {}): tf.LayersModel {
  const input = tf.input({ shape: [6, 4, 1] });
  const maps = layers.conv2d({ filters: 3, kernelSize: 2, activation: "relu", trainable: false }).apply(input);
  const [mean, max] = [layers.globalAveragePooling2d({}), layers.globalMaxPooling2d({})].map((one) =>
    one.apply(maps) as tf.SymbolicTensor
  );
  const wide = layers.dense({ units: 3, trainable: learning }).apply(max) as tf.SymbolicTensor;
  const joined = layers.concatenate().apply([mean, wide]) as tf.SymbolicTensor;
  const dropped = dropout ? layers.dropout({ rate: 0.5 }).apply(joined) : joined;
  const still = layers.dense({ units: 5, trainable: false }).apply(dropped);
  return tf.model({ inputs: input, outputs: layers.dense({ units: 2 }).apply(still) as tf.SymbolicTensor });
}

const stream = randomStream(0, "input");
const input = tf.tensor(Float32Array.from({ length: 3 * 24 }, () => stream.normal()), [3, 6, 4, 1]);
const valuesOf = (model: tf.LayersModel, x: tf.Tensor) => Array.from((model.predict(x) as tf.Tensor).dataSync());

for (
  const [name, options, width] of [
    ["before the first layer that learns", {}, [5]],
    ["where branches have not yet parted, if one of them learns", { learning: true }, [5, 3, 3]],
    ["before what draws at random", { dropout: true }, [6]],
  ] as const
) {
  Deno.test(`splitFrozen() cuts ${name}, and both parts together are the network`, async () => {
    const model = branched(options);
    const { frozen, learning } = (await splitFrozen(model))!;
    expect(frozen.outputs[0].shape.slice(1)).toEqual(width);
    expect(frozen.trainableWeights.length).toBe(0);
    const passed = frozen.predict(input) as tf.Tensor;
    expect(valuesOf(learning, passed)).toEqual(valuesOf(model, input));
    // The weights are the network's own.
    learning.trainableWeights.at(-1)!.write(tf.tensor1d([3, -3]));
    expect(valuesOf(learning, passed)).toEqual(valuesOf(model, input));
  });
}

Deno.test("splitFrozen() cuts nothing where nothing is frozen, and before the layer that is named", async () => {
  const learning = tf.sequential({ layers: [layers.dense({ units: 2, inputShape: [3] })] });
  expect(await splitFrozen(learning)).toBeUndefined();
  const model = branched();
  const { name } = model.layers.at(-2)!;
  expect((await splitFrozen(model, { until: name }))!.frozen.outputs[0].shape).toEqual([null, 6]);
});
