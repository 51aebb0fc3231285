import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { buildModel, defineModel, type ModelOptions } from "./mod.ts";
import { randomStream } from "../random/mod.ts";
import { z } from "zod";

const SHAPE = { frames: 16, bands: 8, channels: 2, classes: 3, seed: 0 };
const FAMILIES: (ModelOptions & { kind: string })[] = [
  { kind: "cnn", filters: [2, 3], pooling: "both" },
  { kind: "cnn6", filters: [2, 2] },
  { kind: "lightCnn", filters: [4, 8] },
  { kind: "crnn", filters: [2, 2], units: 3 },
  { kind: "head", hidden: [5], pooling: "attention" },
];

for (const options of FAMILIES) {
  Deno.test(`joinMetadata() adds to the logits of a ${options.kind} what a linear layer makes of the metadata, and nothing else`, async () => {
    await tf.setBackend("cpu");
    const width = 18; // two frames of 16, half filled
    const [plain, joined] = [
      await buildModel(options, SHAPE),
      await buildModel(options, { ...SHAPE, metadataWidth: width }),
    ];
    const stream = randomStream(0, "window");
    const sound = Float32Array.from({ length: 16 * 8 * 2 }, () => stream.normal());
    const metadata = Float32Array.from({ length: 32 }, (_, i) => i < width ? stream.normal() : 0);
    const kernel = joined.layers.at(-1)!.getWeights()[0];
    const pooled = kernel.shape[0] - 32;
    const [above, below] = [kernel.slice([0, 0], [pooled, 3]), kernel.slice([pooled, 0], [32, 3])];
    // The same weights for the sound: those of all other layers, and the upper rows of the last one's.
    const shapes = plain.getWeights().map(({ shape }) => shape.join());
    plain.setWeights(joined.getWeights().map((one, i) => one.shape.join() === shapes[i] ? one : above));
    const answer = (model: tf.LayersModel, values: Float32Array, frames: number) =>
      (model.predict(tf.tensor4d(values, [1, frames, 8, 2])) as tf.Tensor).dataSync();
    const own = answer(plain, sound, 16);
    const more = tf.matMul(tf.tensor2d(metadata, [1, 32]), below as tf.Tensor2D).dataSync();
    const both = answer(joined, Float32Array.from([...sound, ...metadata]), 18);
    both.forEach((logit, c) => expect(logit).toBeCloseTo(own[c] + more[c], 4));
    // It is kept and opened again as any other.
    const again = await tf.models.modelFromJSON({ modelTopology: JSON.parse(joined.toJSON() as string) });
    expect(again.inputs[0].shape).toEqual([null, 18, 8, 2]);
  });
}

const tanhAtTheEnd = defineModel({
  name: "test-tanh-end",
  options: z.strictObject({}),
  build(_, { frames, bands, channels, classes }) {
    const input = tf.input({ shape: [frames, bands, channels] });
    const flat = tf.layers.flatten().apply(input);
    const dense = tf.layers.dense({ units: classes }).apply(flat);
    const outputs = tf.layers.activation({ activation: "tanh" }).apply(dense) as tf.SymbolicTensor;
    return tf.model({ inputs: input, outputs });
  },
});

Deno.test("joinMetadata() names a network that doesn't end in a dense layer", async () => {
  await expect(buildModel(tanhAtTheEnd({}), { ...SHAPE, metadataWidth: 2 })).rejects.toThrow(
    /a dense layer at its end.*a layer Activation.*test-tanh-end/s,
  );
});
