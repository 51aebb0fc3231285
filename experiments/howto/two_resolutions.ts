// A network of your own: the same sound at two resolutions, side by side (multi-scale as of Cui et al. 2016).
//
//   deno task experiment experiments/howto/two_resolutions.ts --data data/synthetic
//
// One branch sees each frame and band, where a click is; the other their means over squares, where a rhythm is. Both end
// in one row a branch, and one layer decides over them.

import * as tf from "@tensorflow/tfjs";
import { z } from "zod";
import { defineExperiment } from "../../lib/experiment/mod.ts";
import { defineModel } from "../../lib/models/mod.ts";

type Maps = tf.SymbolicTensor;
const then = (input: Maps | Maps[], layer: tf.layers.Layer) => layer.apply(input) as Maps;

function branch(input: Maps, filters: number[]): Maps {
  const maps = filters.reduce((x, count) => {
    const convolution = tf.layers.conv2d({ filters: count, kernelSize: 3, padding: "same", useBias: false });
    const normalised = then(then(x, convolution), tf.layers.batchNormalization());
    const poolSize = x.shape.slice(1, 3).map((extent) => Math.min(2, extent!)) as [number, number];
    return then(then(normalised, tf.layers.reLU()), tf.layers.maxPooling2d({ poolSize, strides: poolSize }));
  }, input);
  return then(maps, tf.layers.globalAveragePooling2d({}));
}

export const twoResolutions = defineModel({
  name: "two-resolutions",
  options: z.strictObject({
    /** Filters of the blocks of each branch. */
    filters: z.array(z.int().positive()).min(1).default([16, 32, 64]),
    /** Side of the squares that the coarse branch takes the mean of. */
    square: z.int().min(2).default(4),
    /** Share of the values of both branches that is dropped in training. */
    dropout: z.number().min(0).max(0.95).default(0.3),
  }),
  build({ filters, square, dropout }, { frames, bands, channels, classes }) {
    const input = tf.input({ shape: [frames, bands, channels] });
    const poolSize: [number, number] = [Math.min(square, frames), Math.min(square, bands)];
    const coarse = then(input, tf.layers.averagePooling2d({ poolSize, strides: poolSize }));
    const both = then([branch(input, filters), branch(coarse, filters)], tf.layers.concatenate());
    const outputs = then(then(both, tf.layers.dropout({ rate: dropout })), tf.layers.dense({ units: classes }));
    return tf.model({ inputs: input, outputs });
  },
});

export default defineExperiment({
  name: "howto/two_resolutions",
  title: "Murmurs, at two resolutions",
  question: "Does a five-second recording of a (synthetic) heart hold a murmur?",
  dataset: { name: "synthetic", task: "murmur-2" },
  input: { preset: "pcg", seconds: 2.5, padding: "circular" },
  model: twoResolutions({ filters: [8, 16, 32] }),
  training: { epochs: 10, optimizer: { kind: "adamw", learningRate: 2e-3 }, augment: ["time-shift"] },
  evaluation: { protocol: { kind: "hold-out" }, unit: "subject" },
});
