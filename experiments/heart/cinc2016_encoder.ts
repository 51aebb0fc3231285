// Does an encoder of speech know which hearts sound normal?
//
//   deno task experiment experiments/heart/cinc2016_encoder.ts --data data/cinc2016 --set budget=databases
//
// The speech embedding of openWakeWord hears hearts eight times faster than they beat: 2 kHz read as 16 kHz, so that its
// 60 to 3800 Hz are 7.5 to 475 Hz. It stays as it is; a linear model decides over its mean and its maximum. Beside it stand
// the same graph with random weights, the mean spectrum and the shortcuts, each with and without the duration.
// Joined with networks of cinc2016.ts (8 epochs, 8 to 64 filters, chosen on other databases as well) its mean AUC of .722 became
// .709: they had .559. What it gains by being joined with cinc2016_cycles.ts stands there.

import { defineExperiment } from "@auscult/auscult";
import { speechEmbedding } from "@auscult/auscult/features";

export default defineExperiment({
  name: "heart/cinc2016_encoder",
  title: "Normal and abnormal heart sounds, heard by an encoder of speech",
  question: "Does a recording of a heart sound normal, as far as an encoder of speech can tell?",
  dataset: { name: "cinc2016", task: "normal-abnormal" },

  input: {
    ...speechEmbedding({ playbackRate: 8, step: 32, pooling: "mean-max" }),
    seconds: 20, // as long as the comparison outside
    // Only real sound is heard: where a short recording is repeated to 20 s, the seam is a click. Trained on four databases and
    // judged on a fifth, never on the sixth (scikit-learn on the same embeddings, mean over all pairs, C = .1), that costs an AUC of
    // .026.
    padding: "none",
  },

  model: { kind: "head" },

  training: {
    // A hundredth to three of scikit-learn's C: weaker penalties learn more of the databases than of the hearts.
    linearProbe: { c: [0.01, 0.03, 0.1, 0.3, 1, 3] },
    sampler: "class-balanced", // by the same pairs an AUC of .670; with the databases balanced as well .664
  },

  evaluation: {
    protocol: { kind: "nested", folds: 5, inner: 3 },
    scores: ["cinc2016"],
    monitor: "rocAuc",
    decision: { score: "cinc2016" },
  },

  budgets: {
    // Penalty and threshold are chosen on a database that the network wasn't trained on either.
    databases: ['evaluation.protocol={"kind":"leave-one-source-out","inner":"sources"}'],
    // Whether everything works, not how well.
    smoke: ['evaluation.protocol={"kind":"hold-out"}', "evaluation.resamples=200"],
  },
});
