// What does a whole recording of a child's breathing hold: continuous sounds, discontinuous ones, both, or neither?
//
//   deno task experiment experiments/lung/sprsound_records.ts --data data/sprsound
//   deno task experiment experiments/lung/sprsound_records.ts --data data/sprsound --set budget=quick
//
// SPRSound (Zhang et al. 2022), tasks 2-1 (normal, adventitious, poor quality) and 2-2 (five classes).

import { defineExperiment } from "../../lib/experiment/mod.ts";

export default defineExperiment({
  name: "lung/sprsound_records",
  title: "Adventitious sounds in children's breathing, recording by recording",
  question:
    "Is a recording of a child's breathing normal, does it hold adventitious sounds, or is it too poor to judge?",
  dataset: { name: "sprsound", task: "records-5" },

  input: {
    preset: "respirenet", // 4 kHz, 64 bands, 50-2000 Hz
    seconds: 8, // one breath at least; recordings last 0.3 to 15.4 s
    hop: 4,
    padding: "circular", // here the length is no cue of the sound
  },

  model: { kind: "cnn", filters: [16, 32, 64, 128], dropout: 0.3 },

  training: {
    epochs: 40,
    batchSize: 32,
    optimizer: { kind: "adamw", learningRate: 2e-3, weightDecay: 1e-3 },
    schedule: "one-cycle",
    classWeights: "sqrt-inverse",
    augment: [{ kind: "time-shift" }, { kind: "spec-augment", bands: 10, frames: 32 }],
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
      what: "published for the official inter test, protocol not checked here",
      source: "BioCAS 2022 challenge on SPRSound",
    },
    {
      score: "sprsound-2-2",
      value: 0.539,
      what: "published for the official inter test, protocol not checked here",
      source: "BioCAS 2022 challenge on SPRSound",
    },
  ],

  budgets: {
    quick: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=15"],
    smoke: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=2", "evaluation.resamples=200"],
  },
});
