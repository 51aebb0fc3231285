// Does an encoder of speech know adventitious sounds in children's breathing?
//
//   deno task experiment experiments/lung/sprsound_encoder.ts --data data/sprsound
//
// The speech embedding of openWakeWord hears each event as it is and twice as fast, side by side, and stays as it is; a
// linear model decides over the mean and the maximum of both. Beside it stand the same graph with random weights, the mean
// spectrum and the shortcuts, each with and without the duration: by itself, length tells much of these events.

import { defineExperiment } from "@auscult/auscult";
import { rows, speechEmbedding } from "@auscult/auscult/features";

export default defineExperiment({
  name: "lung/sprsound_encoder",
  title: "Adventitious sounds in children's breathing, heard by an encoder of speech",
  question: "Is an event of a child's breathing normal, as far as an encoder of speech can tell?",
  dataset: { name: "sprsound", task: "events-7" },

  input: {
    ...rows({
      inputs: [
        speechEmbedding({ step: 32, pooling: "mean-max" }),
        speechEmbedding({ playbackRate: 2, step: 16, pooling: "mean-max" }),
      ],
    }),
    seconds: 2.56, // 97 % of the events are shorter
    padding: "circular",
  },

  model: { kind: "head" },

  training: {
    epochs: 30,
    batchSize: 32,
    optimizer: { kind: "adamw", learningRate: 3e-3, weightDecay: 0.1 },
    schedule: "one-cycle",
    classWeights: "sqrt-inverse",
    patience: 30,
  },

  evaluation: {
    protocol: { kind: "grouped-folds", folds: 5 },
    scores: ["sprsound-1-1", "sprsound-1-2"],
    monitor: "sprsound-1-2",
    decision: { score: ["sprsound-1-1", "sprsound-1-2"] },
  },

  budgets: {
    // Whether everything works, not how well.
    smoke: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=2", "evaluation.resamples=200"],
  },
});
