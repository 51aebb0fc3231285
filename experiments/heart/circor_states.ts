// Where are the first and second sound, and where is a murmur?
//
//   deno task experiment experiments/heart/circor_states.ts --data data/circor
//   deno task experiment experiments/heart/circor_states.ts --data data/circor --set budget=quick
//
// CirCor (Oliveira et al. 2022) comes with the states of the heart, frame by frame, of the stretches that were annotated.
// Features, network and training are those of McDonald et al. 2024 (doi:10.1371/journal.pdig.0000436) but for the Mel
// scale: a hidden semi-Markov model goes on from what the network says of each frame, in the folder `posteriors/`.

import { defineExperiment } from "@auscult/auscult";

export default defineExperiment({
  name: "heart/circor_states",
  title: "The states of children's hearts, frame by frame",
  question: "When are the first and the second heart sound, and is there a murmur between them?",
  dataset: { name: "circor", task: "murmur-3" },

  targets: {
    kind: "frames",
    classes: { S1: ["S1"], systole: ["systole"], S2: ["S2"], diastole: ["diastole"], murmur: ["murmur"] },
    onsets: ["S1", "S2"],
    tolerance: 0.1, // s, as segmenters are judged
  },

  input: {
    preset: "respirenet",
    change: {
      winLength: 200, // 50 ms
      hopLength: 80, // 20 ms
      nMels: 40,
      fMin: 25,
      fMax: 800,
      log: { kind: "decibel", reference: 1, topDb: null },
    },
    seconds: 6,
  },

  model: { kind: "gru" },

  training: {
    epochs: 15, // crops overlap by half: each is heard twice an epoch
    batchSize: 32,
    optimizer: { kind: "adam", learningRate: 1e-3 },
    classWeights: "inverse",
    patience: 5,
  },

  evaluation: { protocol: { kind: "grouped-folds", folds: 5 }, unit: "item" },

  budgets: {
    quick: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=8"],
    smoke: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=1", 'model={"kind":"fcn","filters":[8]}'],
  },
});
