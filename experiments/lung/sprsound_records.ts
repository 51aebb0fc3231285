// What does a whole recording of a child's breathing hold: continuous sounds, discontinuous ones, both, or neither?
//
//   deno task experiment experiments/lung/sprsound_records.ts --data data/sprsound
//   deno task experiment experiments/lung/sprsound_records.ts --data data/sprsound --set budget=quick
//
// SPRSound (Zhang et al. 2022), tasks 2-1 (normal, adventitious, poor quality) and 2-2 (five classes).

import { defineExperiment } from "@auscult/auscult";

export default defineExperiment({
  name: "lung/sprsound_records",
  title: "Adventitious sounds in children's breathing, recording by recording",
  question:
    "Is a recording of a child's breathing normal, does it hold adventitious sounds, or is it too poor to judge?",
  dataset: { name: "sprsound", task: "records-5" },

  input: {
    preset: "respirenet", // 4 kHz, 64 bands, 50-2000 Hz
    seconds: 9.2, // a whole one of most recordings
    hop: 6.1, // the two windows of a long one, 15.4 s, tell all of it
    padding: "circular", // here the length is no cue of the sound
  },

  // As in sprsound_events, whose sweep found it: on inner validation of one fold (15 epochs) AUC .87 and a 2-2 Score of
  // .48, where average pooling, a quarter of the learning rate and no mixing reached .70 and .44.
  model: { kind: "cnn", filters: [16, 32, 64, 128], dropout: 0.02, pooling: "both" },

  training: {
    epochs: 20,
    batchSize: 32,
    optimizer: { kind: "adamw", learningRate: 7e-3, weightDecay: 2e-4 },
    schedule: "one-cycle",
    labelSmoothing: 0.1,
    classWeights: "sqrt-inverse",
    augment: [
      { kind: "time-shift" },
      { kind: "spec-augment", bands: 10, frames: 32 },
      { kind: "random-filter", probability: 0.5 },
      { kind: "mixup", probability: 0.5 },
    ],
    patience: 12,
  },

  evaluation: {
    protocol: { kind: "grouped-folds", folds: 5 },
    scores: ["sprsound-2-1", "sprsound-2-2"],
    monitor: "sprsound-2-2",
    decision: { score: ["sprsound-2-1", "sprsound-2-2"] },
  },

  references: [
    {
      score: "sprsound-2-1",
      value: 0.745,
      what: "for the official inter test, protocol not checked here",
      source: "BioCAS 2022 challenge on SPRSound",
    },
    {
      score: "sprsound-2-2",
      value: 0.539,
      what: "for the official inter test, protocol not checked here",
      source: "BioCAS 2022 challenge on SPRSound",
    },
  ],

  budgets: {
    quick: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=15"],
    smoke: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=2", "evaluation.resamples=200"],
  },
});
