// When does a child's chest wheeze or crackle?
//
//   deno task experiment experiments/lung/sprsound_frames.ts --data data/sprsound
//   deno task experiment experiments/lung/sprsound_frames.ts --data data/sprsound --set budget=quick
//
// SPRSound (Zhang et al. 2022) says when each event begins and ends. Here nobody tells the network where to listen: it
// names what is heard at each moment of a recording. Onsets of events are a matter of taste, so they may be .2 s off.

import { defineExperiment } from "@auscult/auscult";

export default defineExperiment({
  name: "lung/sprsound_frames",
  title: "Adventitious sounds in children's breathing, moment by moment",
  question: "When does a child's chest wheeze or crackle?",
  dataset: { name: "sprsound", task: "records-5" },

  targets: {
    kind: "frames",
    classes: {
      none: [], // between the events
      normal: ["Normal"],
      continuous: ["Wheeze", "Rhonchi", "Stridor"],
      crackle: ["Fine Crackle", "Coarse Crackle", "Wheeze+Crackle"],
    },
    outside: "none",
    tolerance: 0.2,
  },

  input: {
    preset: "respirenet", // 4 kHz, 64 bands, 50-2000 Hz
    change: { hopLength: 128 }, // 32 ms
    seconds: 6, // two breaths
  },

  model: { kind: "fcn" },

  training: {
    epochs: 20,
    batchSize: 32,
    optimizer: { kind: "adamw", learningRate: 2e-3, weightDecay: 1e-2 },
    schedule: "one-cycle",
    classWeights: "sqrt-inverse",
    augment: [{ kind: "spec-augment", bands: 10, frames: 16 }],
  },

  evaluation: { protocol: { kind: "grouped-folds", folds: 5 } },

  budgets: {
    quick: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=8"],
    smoke: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=1", "model.filters=[8]"],
  },
});
