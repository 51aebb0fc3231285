// A network of your own: a residual network that chooses when to listen.
//
//   deno task data fetch synthetic --out data/synthetic
//   deno task experiment experiments/howto/own_network.ts --data data/synthetic
//   deno task experiment experiments/howto/own_network.ts --data data/synthetic --set model.filters=[8,16] --set model.units=16
//
// Basic blocks of He et al. 2016; then, in place of the mean over time, attention pooling as of Ilse et al. 2018: a small
// network gives each moment a weight, the weights of a recording sum to 1, and the answer is drawn from the weighted mean.
// A murmur fills a tenth of a second of each beat; a mean over all of it thins it out.
//
// `build` gets its options, checked by the schema, and the shape of a window. It gives logits, no softmax: the loss does
// that. Weights are drawn by the seed afterwards. Nothing else is asked: engines, floors, report, sweeps, `predict` and
// the live page treat it as they do the built-in ones, which are made by the same call.

import * as tf from "@tensorflow/tfjs";
import { z } from "zod";
import { defineExperiment, float } from "../../lib/experiment/mod.ts";
import { defineModel } from "../../lib/models/mod.ts";

type Maps = tf.SymbolicTensor;
const then = (input: Maps | Maps[], layer: tf.layers.Layer) => layer.apply(input) as Maps;

const convolved = (x: Maps, filters: number, kernelSize: number, strides = 1) =>
  then(
    then(x, tf.layers.conv2d({ filters, kernelSize, strides, padding: "same", useBias: false })),
    tf.layers.batchNormalization(),
  );

function residual(x: Maps, filters: number, strides: number): Maps {
  const inner = then(convolved(x, filters, 3, strides), tf.layers.reLU());
  const short = strides === 1 && x.shape[3] === filters ? x : convolved(x, filters, 1, strides);
  return then(then([convolved(inner, filters, 3), short], tf.layers.add()), tf.layers.reLU());
}

export const attentiveResnet = defineModel({
  name: "attentive-resnet",
  options: z.strictObject({
    /** Filters of each residual block; all but the first halve the maps. */
    filters: z.array(z.int().positive()).min(1).default([16, 32, 64]),
    /** Units of the small network that weighs the moments. */
    units: z.int().positive().default(32),
    /** Share of the pooled values that is dropped in training. */
    dropout: z.number().min(0).max(0.95).default(0.3),
  }),
  build({ filters, units, dropout }, { frames, bands, channels, classes }) {
    const input = tf.input({ shape: [frames, bands, channels] });
    const maps = filters.reduce((x, count, i) => residual(x, count, i === 0 ? 1 : 2), input);
    const [time, height, width] = maps.shape.slice(1) as number[];
    const moments = then(maps, tf.layers.reshape({ targetShape: [time, height * width] }));
    const hidden = then(moments, tf.layers.dense({ units, activation: "tanh" }));
    const scores = then(then(hidden, tf.layers.dense({ units: 1 })), tf.layers.permute({ dims: [2, 1] }));
    const weights = then(then(scores, tf.layers.softmax({ axis: -1 })), tf.layers.permute({ dims: [2, 1] }));
    const heard = then(then([moments, weights], tf.layers.multiply()), tf.layers.globalAveragePooling1d());
    const outputs = then(then(heard, tf.layers.dropout({ rate: dropout })), tf.layers.dense({ units: classes }));
    return tf.model({ inputs: input, outputs });
  },
});

export default defineExperiment({
  name: "howto/own_network",
  title: "Murmurs, by a network that chooses when to listen",
  question: "Does a five-second recording of a (synthetic) heart hold a murmur?",
  dataset: { name: "synthetic", task: "murmur-2" },
  input: { preset: "pcg", seconds: 2.5, padding: "circular" },
  model: attentiveResnet({ filters: [8, 16, 32] }),
  training: {
    epochs: 10,
    optimizer: { kind: "adamw", learningRate: 2e-3 },
    schedule: "one-cycle",
    augment: ["time-shift"],
  },
  evaluation: { protocol: { kind: "hold-out" }, unit: "subject" },
  // A sweep varies its options as any other.
  space: { "model.dropout": float(0, 0.6), "training.optimizer.learningRate": float(3e-4, 1e-2, { log: true }) },
});
