// Does an encoder of speech know which lungs are healthy?
//
//   deno task experiment experiments/lung/kauh_encoder.ts --data data/kauh
//
// The patients, folds and rules of kauh_diagnosis.ts. The speech embedding of openWakeWord hears a breathing as it is, and four
// times as fast, side by side; it stays as it is, and a linear model decides. Beside it stand the same graph with random
// weights, the mean spectrum and the shortcuts, each with and without the duration. It takes two minutes.

import { defineExperiment } from "@auscult/auscult";
import { rows, speechEmbedding } from "@auscult/auscult/features";
import diagnosis from "./kauh_diagnosis.ts";

export default defineExperiment({
  name: "lung/kauh_encoder",
  title: "Lung diseases, patient by patient, heard by an encoder of speech",
  question:
    "Are a patient's lungs healthy, or is it asthma, heart failure or COPD, as far as an encoder of speech can tell?",
  dataset: diagnosis.dataset,

  input: {
    ...rows({
      inputs: [
        speechEmbedding({ step: 32, pooling: "mean-max" }),
        speechEmbedding({ playbackRate: 4, step: 32, pooling: "mean-max" }), // 4 kHz read as 16 kHz: windows of 3.1 s
      ],
    }),
    seconds: 30, // all of them
    padding: "none", // no seam where a short one would begin again
  },

  model: { kind: "head" },

  training: {
    linearProbe: {},
    sampler: "class-balanced",
  },

  evaluation: diagnosis.evaluation,

  budgets: {
    // Whether everything works, not how well.
    smoke: ['evaluation.protocol={"kind":"hold-out"}', "evaluation.resamples=200"],
  },
});
