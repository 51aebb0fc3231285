// The whole way in a minute, on sounds that Auscult makes itself: does this heart have a murmur?
//
//   deno task demo
//
// The synthetic hearts differ in rate, body, loudness and microphone, and their noise has the colour of a murmur, so
// that the mean spectrum tells little (see the linear floor) and the timing tells all.

import { defineExperiment, float, oneOf } from "@auscult/auscult";

export default defineExperiment({
  name: "demo",
  title: "Murmurs in synthetic hearts",
  question: "Does a five-second recording of a (synthetic) heart hold a murmur?",
  dataset: { name: "synthetic", task: "murmur-2" },

  input: { preset: "pcg", seconds: 2.5, padding: "circular" }, // two beats at least

  model: { kind: "cnn", filters: [16, 32, 64, 128], dropout: 0.3 },

  training: {
    epochs: 12,
    batchSize: 32,
    optimizer: { kind: "adamw", learningRate: 2e-3, weightDecay: 1e-3 },
    schedule: "one-cycle",
    augment: [{ kind: "time-shift" }, { kind: "spec-augment", bands: 4, frames: 24 }],
  },

  evaluation: {
    protocol: { kind: "hold-out", test: 0.3 },
    scores: ["cinc2016"],
  },

  ablations: {
    "no time shift": ["training.augment.0.probability=0"],
    "no SpecAugment": ["training.augment.1.probability=0"],
    "no dropout": ["model.dropout=0"],
  },

  space: {
    "training.optimizer.learningRate": float(3e-4, 1e-2, { log: true }),
    "model.dropout": float(0, 0.6),
    "model.pooling": oneOf("average", "max", "both"),
  },
});
