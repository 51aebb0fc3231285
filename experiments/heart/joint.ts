// Does what is learned of hearts in some places hold in another one?
//
//   deno task experiment experiments/heart/joint.ts                             # data/cinc2016 and data/circor
//   deno task experiment experiments/heart/joint.ts --set budget=databases
//   deno task experiment experiments/heart/joint.ts --data FOLDER --set dataset.join.1.folder=/elsewhere/circor
//
// The six databases of CinC 2016 (adults, six devices) and CirCor's screening of children (another device, two campaigns)
// under one question. CirCor's label is what the cardiologist found with all means, as CinC's is; where a murmur is what is
// asked for, take the task "murmur-3" and say what its labels mean. The budget `databases` leaves one place out at a time.

import { defineExperiment } from "@auscult/auscult";
import hearts from "./cinc2016.ts";

export default defineExperiment({
  name: "heart/joint",
  title: "Normal and abnormal hearts of several places",
  question: "Does a recording of a heart sound normal, wherever it was made?",
  dataset: {
    name: "joint",
    task: "normal-abnormal",
    join: [
      { name: "cinc2016", task: "normal-abnormal", labels: { normal: "normal", abnormal: "abnormal" } },
      {
        name: "circor",
        task: "outcome-2",
        labels: { Normal: "normal", Abnormal: "abnormal" },
        databases: false, // both campaigns were made by the same people with the same device
      },
    ],
  },

  // As in cinc2016.ts: four seconds are five beats of a child, and each place and class is drawn from in turn, so that less is
  // learned from which place holds more patients.
  input: hearts.input,
  model: hearts.model,
  training: hearts.training,

  evaluation: {
    protocol: { kind: "grouped-folds", folds: 5 },
    scores: ["cinc2016"],
    monitor: "rocAuc",
    decision: { score: "cinc2016" },
  },

  budgets: {
    databases: ['evaluation.protocol={"kind":"leave-one-source-out"}'],
    quick: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=5"],
    smoke: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=1", "evaluation.resamples=200"],
  },
});
