// Which adventitious sound is in this event of a child's breathing?
//
//   deno task experiment experiments/lung/sprsound_events.ts --data data/sprsound
//   deno task experiment experiments/lung/sprsound_events.ts --data data/sprsound --set budget=quick
//   deno task sweep      experiments/lung/sprsound_events.ts --data data/sprsound --trials 60 --workers 2
//
// SPRSound (Zhang et al. 2022), tasks 1-1 (normal or not) and 1-2 (seven classes), both read off one network. An
// event's length alone reaches a Score of .78 on task 1-1, so read the figure against its floors, not against 0.

import { defineExperiment, float, oneOf } from "@auscult/auscult";

export default defineExperiment({
  name: "lung/sprsound_events",
  title: "Adventitious sounds in children's breathing, event by event",
  question:
    "Is an event of a child's breathing normal, and if not, is it a wheeze, a crackle, a rhonchus or a stridor?",
  dataset: { name: "sprsound", task: "events-7" },

  input: {
    preset: "respirenet", // 4 kHz, 64 bands, 50-2000 Hz
    change: { hopLength: 64 }, // 16 ms: a fine crackle lasts 5
    seconds: 2.56, // 97 % of the events are shorter
    padding: "circular", // hides the length, which is a cue by itself
  },

  // Model and training are those of the best of the first 20 trials of a sweep, rounded (12 epochs, one hold-out): 1-2
  // Score .848 on inner validation, where zero padding, 32 ms frames and no mixing reached .733.
  model: { kind: "cnn", filters: [16, 32, 64, 128], dropout: 0.02, pooling: "both" }, // 100 k parameters

  training: {
    epochs: 20,
    batchSize: 32,
    optimizer: { kind: "adamw", learningRate: 7e-3, weightDecay: 2e-4 },
    schedule: "one-cycle",
    labelSmoothing: 0.1,
    classWeights: "sqrt-inverse", // 5,159 normal events against 15 stridors
    augment: [
      { kind: "time-shift" },
      { kind: "spec-augment", bands: 10, frames: 16 },
      { kind: "random-filter", probability: 0.5 }, // another stethoscope
      { kind: "mixup", probability: 0.5 },
    ],
    patience: 10,
  },

  evaluation: {
    protocol: { kind: "grouped-folds", folds: 5 },
    scores: ["sprsound-1-1", "sprsound-1-2"],
    monitor: "sprsound-1-2",
    decision: { score: ["sprsound-1-1", "sprsound-1-2"] },
  },

  space: {
    "training.optimizer.learningRate": float(3e-4, 1e-2, { log: true }),
    "training.optimizer.weightDecay": float(1e-4, 1e-1, { log: true }),
    "training.ema": oneOf(0, 0.98, 0.995),
    "training.augment.2.probability": oneOf(0, 0.5, 1),
    "training.augment.3.probability": oneOf(0, 0.5),
    "training.labelSmoothing": oneOf(0, 0.1),
    "model.dropout": float(0, 0.5),
    "model.pooling": oneOf("average", "both"),
    "input.change.hopLength": oneOf(64, 128),
    "input.padding": oneOf("zero", "circular"),
  },

  references: [
    {
      score: "sprsound-1-1",
      value: 0.856,
      what: "supervised contrastive CNN6, official inter test",
      source: "Moummad and Farrugia 2023",
    },
  ],

  budgets: {
    // One fold within five minutes on two cores.
    quick: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=12"],
    // Whether everything works, not how well.
    smoke: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=2", "evaluation.resamples=200"],
  },
});
