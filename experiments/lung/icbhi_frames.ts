// When does a chest wheeze or crackle?
//
//   deno task experiment experiments/lung/icbhi_frames.ts --data data/icbhi
//   deno task experiment experiments/lung/icbhi_frames.ts --data data/icbhi --set budget=quick
//
// ICBHI 2017 (Rocha et al. 2019) says when each breath begins and ends, and what it holds. Here nobody tells the network
// where the breaths are: it names what the breath holds at each moment of a recording. What lies between two breaths isn't
// annotated. The rows of the task `diagnosis-2` are whole recordings; their diagnoses only divide the patients evenly.
// An onset is where the class changes: of two normal breaths the second has none.

import { defineExperiment } from "@auscult/auscult";

export default defineExperiment({
  name: "lung/icbhi_frames",
  title: "Adventitious sounds in breathing, moment by moment",
  question: "When does a chest wheeze or crackle?",
  dataset: { name: "icbhi", task: "diagnosis-2" },

  targets: {
    kind: "frames",
    classes: { normal: ["Normal"], crackle: ["Crackle"], wheeze: ["Wheeze"], both: ["Both"] },
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
