// Has this child a heart murmur?
//
//   deno task experiment experiments/heart/circor_murmur.ts --data data/circor
//   deno task experiment experiments/heart/circor_murmur.ts --data data/circor --set budget=quick
//
// CirCor (Oliveira et al. 2022), the murmur task of the PhysioNet challenge 2022. A child was listened to at up to five
// sites and the label is the child's, though a murmur needn't be heard at every site: how the sites become one answer
// matters as much as the network, so the rule (mean, maximum, noisy-or, …) is chosen on inner folds. The score weighs a
// missed murmur five times; always answering "Present" reaches .50 on the whole set, "Absent" .39.
// A child who came twice is judged at each visit, as the challenge counts, and no split parts the two.
// What is known of the child as a second input, with a floor that is given it and hears nothing:
//   … --set 'metadata=["age","sex","height","weight","site"]'
// Fifteen networks take about 16 minutes of one core on 64 children, 4 hours on all 942.

import { defineExperiment, float, oneOf } from "@auscult/auscult";

export default defineExperiment({
  name: "heart/circor_murmur",
  title: "Murmurs in children's hearts, child by child",
  question: "Has a child a heart murmur, or can the recordings not tell?",
  dataset: { name: "circor", task: "murmur-3" },

  input: {
    preset: "respirenet", // 4 kHz: children's murmurs reach beyond the 400 Hz of the preset pcg
    // Decibels of full scale, all recorded with one device, instead of decibels below each recording's own maximum: on
    // inner folds the AUC of "Present" was .76 instead of .64, and that of "Absent" .71 instead of .56.
    change: {
      winLength: 200, // 50 ms
      hopLength: 80, // 20 ms
      nMels: 40,
      fMin: 25,
      fMax: 1000,
      log: { kind: "decibel", reference: 1, topDb: null },
    },
    seconds: 4, // five beats at least
    padding: "circular",
  },

  model: { kind: "cnn", filters: [16, 32, 64, 128], dropout: 0.4, pooling: "both" },

  training: {
    epochs: 15,
    batchSize: 32,
    optimizer: { kind: "adamw", learningRate: 4e-3, weightDecay: 1e-2 },
    schedule: "one-cycle",
    classWeights: "inverse", // of 942 children 695 have none, 179 have one, 68 can't be judged
    augment: [{ kind: "time-shift" }, { kind: "spec-augment", bands: 6, frames: 40 }, { kind: "mixup" }],
    ema: 0.98,
  },

  evaluation: {
    // Few children: inner folds use each for choices, where a validation part of its own would hold ten.
    protocol: { kind: "nested", folds: 5, inner: 3 },
    scores: ["circor-murmur"],
    unit: "subject",
    monitor: "logLoss",
    decision: { score: "circor-murmur" },
  },

  space: {
    "training.optimizer.learningRate": float(3e-4, 1e-2, { log: true }),
    "training.optimizer.weightDecay": float(1e-4, 1e-1, { log: true }),
    "model.dropout": float(0, 0.6),
    "input.change.log.reference": oneOf(1, "max"),
  },

  ablations: {
    "with metadata": ['metadata=["age","sex","height","weight","site"]'],
  },

  references: [
    { score: "circor-murmur", value: 0.78, what: "winner, hidden test", source: "PhysioNet challenge 2022" },
    {
      score: "circor-murmur",
      value: 0.832,
      what: "pretrained on AudioSet (M2D), own division of the public part",
      source: "Niizumi et al. 2024, arXiv:2404.17107",
    },
  ],

  budgets: {
    quick: ['evaluation.protocol={"kind":"grouped-folds","folds":3}', "training.epochs=10"],
    smoke: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=2", "evaluation.resamples=200"],
  },
});
