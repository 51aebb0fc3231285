// Which disease does a patient have, by the sound of the lungs?
//
//   deno task experiment experiments/lung/kauh_diagnosis.ts --data data/kauh
//   deno task experiment experiments/lung/kauh_diagnosis.ts --data data/kauh --set dataset.task=diagnosis-2
//
// KAUH (Fraiwan et al. 2021): one breathing of each patient through three filters of one stethoscope. The patient is what
// is judged: the three recordings are joined to one answer, by a rule that is chosen on inner folds. Of eight diagnoses
// four have nine patients or more; the others (two to five patients) can't be learned and tested by whole patients.
// Published accuracies near 1 come from random splits, which put filtered copies of one breath on both sides.
// Fifteen networks take about 15 minutes of one core (4.5 s an epoch on two thirds of the patients).

import { defineExperiment, float } from "@auscult/auscult";

export default defineExperiment({
  name: "lung/kauh_diagnosis",
  title: "Lung diseases, patient by patient",
  question: "Are a patient's lungs healthy, or is it asthma, heart failure or COPD?",
  dataset: { name: "kauh", task: "diagnosis-4" },

  input: {
    preset: "respirenet", // 4 kHz is the rate of the recordings
    seconds: 5, // a breath at least
    padding: "circular",
  },

  model: { kind: "cnn", filters: [16, 32, 64, 128], dropout: 0.4 },

  training: {
    epochs: 15,
    batchSize: 32,
    optimizer: { kind: "adamw", learningRate: 1e-3, weightDecay: 1e-2 },
    schedule: "one-cycle",
    classWeights: "inverse", // 35 healthy patients, 9 with COPD
    augment: [
      { kind: "time-shift" },
      { kind: "random-filter" }, // the three filters are no finding
      { kind: "spec-augment", bands: 10, frames: 32 },
    ],
  },

  evaluation: {
    // With 92 patients a validation part of its own would hold two with COPD: inner folds use every patient for choices.
    protocol: { kind: "nested", folds: 5, inner: 3 },
    unit: "subject",
    monitor: "logLoss", // always there and smooth, where a class has two patients
    decision: { score: "balancedAccuracy" },
  },

  space: {
    "training.optimizer.learningRate": float(3e-4, 1e-2, { log: true }),
    "training.optimizer.weightDecay": float(1e-4, 1e-1, { log: true }),
    "model.dropout": float(0, 0.6),
  },

  references: [
    {
      score: "accuracy",
      value: 0.996,
      what: "segments of 5 s in ten random folds, with patients of ICBHI added: a patient is on both sides",
      source: "Fraiwan et al. 2021, doi:10.1007/s12652-021-03184-y",
    },
  ],

  budgets: {
    quick: ['evaluation.protocol={"kind":"grouped-folds","folds":3}', "training.epochs=10"],
    smoke: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=2", "evaluation.resamples=200"],
  },
});
