// An augmentation of your own: the beginning of one sound, then the beginning of another of the same class, as RespireNet
// makes new breaths for rare classes (Gairola et al. 2021).
//
//   deno task experiment experiments/howto/own_augmentation.ts --data data/synthetic
//   deno task experiment experiments/howto/own_augmentation.ts --data data/synthetic --set training.augment.1.probability=1
//
// `apply` changes a window in place: `features` as [frames, bands, channels], not yet standardised, `target`, the share of
// each class, and `weight`, what the window counts. Whatever is random comes from `random`, never from Math.random: the
// same seed must give the same bytes, also in a run that was stopped and resumed. It is called twice on the first batch,
// and a difference is an error. `probability` is added to the options of every augmentation.
//
// A `partner` is another training window; `mixTargets` mixes the classes where one isn't of the same class.

import { z } from "zod";
import { defineExperiment } from "../../lib/experiment/mod.ts";
import { defineAugmentation } from "../../lib/training/mod.ts";

export const concatenate = defineAugmentation({
  name: "concatenate",
  options: z.strictObject({
    /** Where the seam may lie, as shares of the window. */
    seam: z.tuple([z.number().min(0).max(1), z.number().min(0).max(1)]).default([0.25, 0.75]),
  }),
  partner: "same-class",
  apply({ features, frames, bands, channels, partner }, { seam: [earliest, latest] }, random) {
    const seam = Math.round(random.uniform(earliest, latest) * frames) * bands * channels;
    features.set(partner!.features.subarray(0, features.length - seam), seam);
  },
});

export default defineExperiment({
  name: "howto/own_augmentation",
  title: "Murmurs, with sounds put together",
  question: "Does a five-second recording of a (synthetic) heart hold a murmur?",
  dataset: { name: "synthetic", task: "murmur-2" },
  input: { preset: "pcg", seconds: 2.5, padding: "circular" },
  model: { kind: "cnn", filters: [8, 16, 32] },
  training: {
    epochs: 10,
    optimizer: { kind: "adamw", learningRate: 2e-3 },
    augment: ["time-shift", concatenate({ probability: 0.5 })],
  },
  evaluation: { protocol: { kind: "hold-out" }, unit: "subject" },
});
