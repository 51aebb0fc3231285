// Does an encoder of speech hear hearts better once it has learned from some?
//
//   deno task experiment experiments/heart/cinc2016_finetuned.ts --data data/cinc2016 --set budget=databases
//
// The speech embedding of cinc2016_encoder.ts, which hears hearts eight times faster than they beat, goes on learning: first
// its head alone, then its last five convolutions as well, at a tenth of the head's learning rate. Without `from` it
// stays as it is, and the same head decides over the same embeddings.

import { defineExperiment } from "@auscult/auscult";
import { speechEmbedding } from "@auscult/auscult/features";
import { fineTuned } from "@auscult/auscult/models";

const ears = { playbackRate: 8, step: 32 };

export default defineExperiment({
  name: "heart/cinc2016_finetuned",
  title: "Normal and abnormal heart sounds, heard by an encoder of speech that learned from hearts",
  question: "Does a recording of a heart sound normal, as far as an encoder of speech can learn to tell?",
  dataset: { name: "cinc2016", task: "normal-abnormal" },

  input: {
    ...speechEmbedding({ ...ears, gives: "frames" }),
    seconds: 20, // six windows of the encoder, 6.2 s of heart each
    padding: "circular",
  },

  model: fineTuned({ encoder: speechEmbedding(ears), from: "model/conv2d_15/Conv2D", dropout: 0.3 }),

  training: {
    epochs: 30,
    batchSize: 32,
    optimizer: { kind: "adamw", learningRate: 1e-3, weightDecay: 0.1 },
    schedule: "cosine",
    warmUp: 2,
    // A new head sends large gradients back: the encoder begins to learn when the worst of them are over.
    layerRates: [{ layers: "^encoder/", rate: 0.1, thaw: 4 }],
    sampler: "source-and-class-balanced",
    patience: 10,
  },

  evaluation: {
    protocol: { kind: "nested", folds: 5, inner: 3 },
    scores: ["cinc2016"],
    monitor: "rocAuc",
    decision: { score: "cinc2016" },
  },

  budgets: {
    databases: ['evaluation.protocol={"kind":"leave-one-source-out"}'],
    // Whether everything works, not how well.
    smoke: [
      'evaluation.protocol={"kind":"hold-out"}',
      "training.epochs=2",
      'training.layerRates=[{"layers":"^encoder/","rate":0.1,"thaw":2}]',
      "evaluation.resamples=200",
    ],
  },
});
