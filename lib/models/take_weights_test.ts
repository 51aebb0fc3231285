import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { z } from "zod";
import { buildModel, defineModel, layersToTake, type NamedWeight, takeWeights } from "./mod.ts";

const shape = { frames: 8, bands: 8, channels: 1 };

/** As they stand in a run's files. */
function saved(model: tf.LayersModel): NamedWeight[] {
  return model.weights.map((weight) => ({
    name: weight.originalName,
    shape: weight.shape as number[],
    values: weight.read().dataSync() as Float32Array,
  }));
}

function predictions(model: tf.LayersModel): number[] {
  const input = tf.tensor(Float32Array.from({ length: 2 * 64 }, (_, i) => Math.sin(i)), [2, 8, 8, 1]);
  return [...(model.predict(input) as tf.Tensor).dataSync()];
}

/** With weights that no initialisation gives, as those of a trained network are. */
async function trained(classes: number, filters = [3, 4]): Promise<tf.LayersModel> {
  const model = await buildModel({ kind: "cnn", filters }, { ...shape, classes, seed: 1 });
  model.setWeights(model.getWeights().map((weight) => weight.mul(1.1).add(0.25)));
  return model;
}

Deno.test("takeWeights() makes a network say what the other says, running statistics of normalisation included", async () => {
  const earlier = await trained(2);
  const model = await buildModel({ kind: "cnn", filters: [3, 4] }, { ...shape, classes: 2, seed: 7 });
  expect(predictions(model)).not.toEqual(predictions(earlier));
  const taken = layersToTake(model, saved(earlier), { sameClasses: true });
  // 3x3 filters without bias, four vectors of each normalisation, the dense layer: 27 + 12 + 108 + 16 + 10.
  expect(taken).toMatchObject({ fresh: [], weights: 173, of: 173 });
  await takeWeights(model, saved(earlier), taken.layers);
  expect(predictions(model)).toEqual(predictions(earlier));
});

Deno.test("layersToTake() leaves the last layer fresh for other classes, be they as many or not", async () => {
  for (const classes of [2, 5]) {
    const earlier = await trained(2);
    const drawAgain = () => buildModel({ kind: "cnn", filters: [3, 4] }, { ...shape, classes, seed: 7 });
    const model = await drawAgain(), drawn = await drawAgain();
    const { layers, fresh } = layersToTake(model, saved(earlier), { sameClasses: false });
    expect([layers, fresh]).toEqual([["block1_conv", "block1_norm", "block2_conv", "block2_norm"], ["logits"]]);
    expect(layersToTake(model, saved(earlier), { sameClasses: classes === 2, layers: "all-but-head" }).layers)
      .toEqual(layers);
    await takeWeights(model, saved(earlier), layers);
    const [now, then, first] = [model, earlier, drawn].map((one) => new Map(saved(one).map((w) => [w.name, w.values])));
    for (const [name, values] of now) expect(values).toEqual((name.startsWith("logits") ? first : then).get(name));
  }
});

Deno.test("layersToTake() takes what begins like the names that it is given, and refuses with the list what doesn't fit", async () => {
  const earlier = saved(await trained(2, [3, 5]));
  const model = await buildModel({ kind: "cnn", filters: [3, 4] }, { ...shape, classes: 2, seed: 7 });
  const take = (layers: string[]) => layersToTake(model, earlier, { layers, sameClasses: true });
  expect(take(["block1"]).layers).toEqual(["block1_conv", "block1_norm"]);
  expect(take([])).toMatchObject({ layers: [], weights: 0 });
  expect(() => take(["block1", "block2"])).toThrow(
    /alike \(block1_conv, block1_norm\) but found "block2_conv", .*\[3,3,3,4\] here and \[3,3,3,5\] there in initial/,
  );
  expect(() => take(["block9"])).toThrow(/"block9", by which no layer's name begins/);
  expect(() => layersToTake(model, earlier, { layers: ["logits"], sameClasses: false })).toThrow(/other classes/);
  expect(() => layersToTake(model, [], { sameClasses: true })).toThrow(/there are none/);
});

Deno.test("layersToTake() knows layers that nobody named, however many networks the process has built", async () => {
  const own = defineModel({
    name: "unnamed-layers",
    options: z.strictObject({}),
    build(_options, { frames, bands, channels, classes }) {
      const input = tf.input({ shape: [frames, bands, channels] });
      const map = tf.layers.conv2d({ filters: 2, kernelSize: 3 }).apply(input);
      const other = tf.layers.conv2d({ filters: 3, kernelSize: 3 }).apply(map);
      const mean = tf.layers.globalAveragePooling2d({}).apply(other);
      return tf.model({ inputs: input, outputs: tf.layers.dense({ units: classes }).apply(mean) as tf.SymbolicTensor });
    },
  });
  const earlier = await buildModel(own({}), { ...shape, classes: 2, seed: 1 });
  const model = await buildModel(own({}), { ...shape, classes: 2, seed: 2 });
  const { layers } = layersToTake(model, saved(earlier), { sameClasses: true });
  expect(layers).toEqual(["conv2d_Conv2D1", "conv2d_Conv2D2", "dense_Dense1"]);
  await takeWeights(model, saved(earlier), layers);
  expect(predictions(model)).toEqual(predictions(earlier));
});
