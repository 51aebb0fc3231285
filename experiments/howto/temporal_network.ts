// A network of your own: a temporal convolution network (Bai et al. 2018), which looks back further with each block.
//
//   deno task experiment experiments/howto/temporal_network.ts --data data/synthetic
//
// Convolutions along time alone, the bands being their channels; each sees only the past (zeros before, none after) and
// skips twice as many frames as the one before, so that four blocks of kernel 3 hear 61 frames. Weight normalisation is
// batch normalisation here. tfjs has no derivative of a dilated convolution; the engine `ort` has.

import * as tf from "@tensorflow/tfjs";
import { z } from "zod";
import { defineExperiment } from "../../lib/experiment/mod.ts";
import { defineModel } from "../../lib/models/mod.ts";

type Maps = tf.SymbolicTensor;
const then = (input: Maps | Maps[], layer: tf.layers.Layer) => layer.apply(input) as Maps;

/** `[count, frames, 1, channels]`, each frame by those before it. */
function causal(x: Maps, { filters, kernel, dilation }: { filters: number; kernel: number; dilation: number }): Maps {
  const padded = then(x, tf.layers.zeroPadding2d({ padding: [[(kernel - 1) * dilation, 0], [0, 0]] }));
  const options = { filters, kernelSize: [kernel, 1], dilationRate: [dilation, 1] as [number, number], useBias: false };
  return then(then(then(padded, tf.layers.conv2d(options)), tf.layers.batchNormalization()), tf.layers.reLU());
}

export const temporalNetwork = defineModel({
  name: "temporal-network",
  options: z.strictObject({
    /** Filters of each convolution. */
    filters: z.int().positive().default(32),
    /** Blocks; each looks back twice as far as the one before. */
    blocks: z.int().positive().max(10).default(4),
    /** Frames that a convolution takes together. */
    kernel: z.int().min(2).default(3),
    /** Share of the values after each convolution that is dropped in training. */
    dropout: z.number().min(0).max(0.95).default(0.2),
  }),
  build({ filters, blocks, kernel, dropout }, { frames, bands, channels, classes }) {
    const input = tf.input({ shape: [frames, bands, channels] });
    let x = then(input, tf.layers.reshape({ targetShape: [frames, 1, bands * channels] }));
    for (let block = 0; block < blocks; block++) {
      const options = { filters, kernel, dilation: 2 ** block };
      const first = then(causal(x, options), tf.layers.dropout({ rate: dropout }));
      const second = then(causal(first, options), tf.layers.dropout({ rate: dropout }));
      const short = x.shape[3] === filters ? x : then(x, tf.layers.conv2d({ filters, kernelSize: 1 }));
      x = then(then([second, short], tf.layers.add()), tf.layers.reLU());
    }
    const outputs = then(then(x, tf.layers.globalAveragePooling2d({})), tf.layers.dense({ units: classes }));
    return tf.model({ inputs: input, outputs });
  },
});

export default defineExperiment({
  name: "howto/temporal_network",
  title: "Murmurs, by a temporal convolution network",
  question: "Does a five-second recording of a (synthetic) heart hold a murmur?",
  dataset: { name: "synthetic", task: "murmur-2" },
  input: { preset: "pcg", seconds: 2.5, padding: "circular" },
  model: temporalNetwork(),
  training: { epochs: 10, optimizer: { kind: "adamw", learningRate: 2e-3 }, augment: ["time-shift"] },
  evaluation: { protocol: { kind: "hold-out" }, unit: "subject" },
});
