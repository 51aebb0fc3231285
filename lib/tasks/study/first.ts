// The first experiment of this study: does a network of one's own hear the murmur in synthetic hearts?
//
//   deno task experiment experiments/first.ts
//   deno task experiment experiments/first.ts --set model.filters=32

import { defineExperiment, defineModel, float, int, z } from "@auscult/auscult";
import * as tf from "@auscult/auscult/tf";

/** Two ears side by side: one hears what is short, such as a click, the other what lasts, such as a murmur. */
export const twoEars = defineModel({
  name: "two-ears",
  options: z.strictObject({
    filters: z.int().positive().default(16),
    dropout: z.number().min(0).max(0.9).default(0.3),
  }),
  build({ filters, dropout }, { frames, bands, channels, classes }) {
    const input = tf.input({ shape: [frames, bands, channels] });
    const ears = [3, 9].map((frames) => {
      const heard = tf.layers.conv2d({ filters, kernelSize: [frames, 3], padding: "same", activation: "relu" });
      return tf.layers.maxPooling2d({ poolSize: [4, 4] }).apply(heard.apply(input)) as tf.SymbolicTensor;
    });
    const both = tf.layers.concatenate().apply(ears);
    const joined = tf.layers.conv2d({ filters: 2 * filters, kernelSize: 3, padding: "same", activation: "relu" });
    const mean = tf.layers.globalAveragePooling2d({}).apply(joined.apply(both));
    const kept = tf.layers.dropout({ rate: dropout }).apply(mean);
    const logits = tf.layers.dense({ units: classes }).apply(kept) as tf.SymbolicTensor;
    return tf.model({ inputs: input, outputs: logits });
  },
});

export default defineExperiment({
  name: "first",
  title: "Two ears",
  question: "Does a five-second recording of a (synthetic) heart hold a murmur?",
  dataset: { name: "synthetic", task: "murmur-2" },

  input: { preset: "pcg", seconds: 2.5, padding: "circular" }, // two beats at least

  model: twoEars({ filters: 16 }),

  training: {
    epochs: 12,
    batchSize: 32,
    optimizer: { kind: "adamw", learningRate: 2e-3, weightDecay: 1e-3 },
    schedule: "one-cycle",
    augment: [{ kind: "time-shift" }],
  },

  evaluation: {
    protocol: { kind: "hold-out", test: 0.3 },
    scores: ["cinc2016"],
  },

  space: {
    "training.optimizer.learningRate": float(3e-4, 1e-2, { log: true }),
    "model.filters": int(8, 32),
  },
});
