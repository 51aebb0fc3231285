// What can a network learn of hearts before anybody has labelled one?
//
//   deno task experiment experiments/pretrain/cola.ts --data data/cinc2016
//   deno task experiment experiments/heart/cinc2016.ts --data data/cinc2016 --set initial.run=results/pretrain/cola
//   deno task ablate experiments/heart/cinc2016.ts --set initial.run=results/pretrain/cola --shares 10,25,50 --seeds 5
//
// COLA (Saeed et al. 2021): two crops of one recording are a pair, and the network finds each one's partner among those of
// other recordings. Any recordings will do, and the label of all may be "unknown":
// `--set 'dataset={"name":"csv","task":"labels"}' --data mine.csv`. Input and network are those of heart/cinc2016, whose
// networks can begin with these. A recording is also known by its microphone and its room, so that finding it again says
// little by itself: see its floors, and what a run that begins with it reaches.

import { defineExperiment } from "@auscult/auscult";
import hearts from "../heart/cinc2016.ts";

const { input, model, training: { optimizer, schedule, augment } = {} } = hearts;

export default defineExperiment({
  name: "pretrain/cola",
  title: "Hearts heard without their labels",
  question: "Which crops are of the same recording?",
  dataset: hearts.dataset,
  targets: { kind: "recordings", dimension: 64, candidates: 16 },
  input,
  model,

  training: {
    epochs: 30,
    batchSize: 64, // each crop is told from 31 others
    optimizer,
    schedule,
    augment,
  },

  evaluation: { protocol: { kind: "grouped-folds", folds: 5 } },

  budgets: {
    quick: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=10"],
    smoke: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=1", "evaluation.resamples=200"],
  },
});
