// Your own recordings: which of your classes is heard?
//
//   deno task data check mine.csv                                      what the table says, and what is odd about it
//   deno task experiment experiments/own_recordings.ts --data mine.csv
//
// mine.csv (or .xlsx) names a recording, its patient and its class in each line: path,subject,label. The band from 50 to
// 2000 Hz holds hearts and lungs; where only hearts are heard, `--set input.preset=pcg` (25 to 400 Hz) may do better. Five
// folds judge every patient once. Columns with other names: `--set dataset.columns.subject=Pat-Nr`. Classes as folders
// instead of a table: `--set dataset.name=folders`.

import { defineExperiment, float } from "@auscult/auscult";

export default defineExperiment({
  name: "own_recordings",
  title: "Own recordings",
  question: "Which of the classes of these recordings is heard?",
  dataset: { name: "csv", task: "labels" },

  input: { preset: "respirenet", seconds: 5, padding: "circular" }, // a breath at least, several beats

  model: { kind: "cnn", filters: [16, 32, 64, 128], dropout: 0.4 },

  training: {
    epochs: 20,
    batchSize: 32,
    optimizer: { kind: "adamw", learningRate: 1e-3, weightDecay: 1e-2 },
    schedule: "one-cycle",
    classWeights: "inverse", // most classes of patients are rare
    augment: [{ kind: "time-shift" }, { kind: "spec-augment", bands: 10, frames: 16 }],
    patience: 8,
  },

  evaluation: {
    protocol: { kind: "grouped-folds", folds: 5 }, // whole subjects
  },

  space: { "training.optimizer.learningRate": float(3e-4, 1e-2, { log: true }), "model.dropout": float(0, 0.6) },

  budgets: {
    quick: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=10"],
    smoke: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=2", "evaluation.resamples=200"],
  },
});
