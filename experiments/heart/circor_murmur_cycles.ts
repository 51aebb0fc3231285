// Has this child a heart murmur, by its heart cycles?
//
//   deno task experiment experiments/heart/circor_murmur_cycles.ts --data data/circor
//   deno task experiment experiments/heart/circor_murmur_cycles.ts --data data/circor --set budget=quick
//   deno task predict results/heart/circor_murmur_cycles *.wav --about sites.csv --by-subject   # file,subject: a child's sites
//
// A network says of every 20 ms whether they are a heart sound, systole, diastole or murmur, as in circor_states.ts. Then five
// hearts are fitted to what it says, one healthy and four with a murmur in a part of systole, and what tells them apart becomes
// the answer for the recording (McDonald et al. 2024, doi:10.1371/journal.pdig.0000436). The rule over sites, the thresholds
// and the folds are those of circor_murmur.ts, so that the two can be compared and joined.
// Fifteen networks take about 15 minutes of one core on 215 visits of 194 children. Seed 0 reached .793 there and seed 1 .747,
// with other folds and other first weights: as far apart as most ideas are from each other. By five folds without inner ones it
// reached .800, circor_murmur.ts .697 (difference .102, .006 to .199), and both joined .743: it is better alone.

import { defineExperiment } from "@auscult/auscult";

export default defineExperiment({
  name: "heart/circor_murmur_cycles",
  title: "Murmurs in children's hearts, by the cycles of the heart",
  question: "Does a heart with a murmur explain what is heard better than one without?",
  dataset: { name: "circor", task: "murmur-3" },

  targets: {
    kind: "frames",
    classes: { S1: ["S1"], systole: ["systole"], S2: ["S2"], diastole: ["diastole"], murmur: ["murmur"] },
    onsets: ["S1", "S2"],
    tolerance: 0.1, // s
    items: "heart-cycles",
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

  model: { kind: "fcn", filters: [24, 24, 24, 24] }, // sees 1.1 s: a cycle and more

  training: {
    epochs: 6, // crops overlap by half: each is heard twice an epoch
    batchSize: 32,
    optimizer: { kind: "adam", learningRate: 4e-3 },
    schedule: "one-cycle",
    classWeights: "inverse",
  },

  evaluation: {
    protocol: { kind: "nested", folds: 5, inner: 3 },
    scores: ["circor-murmur"],
    unit: "subject",
    decision: { score: "circor-murmur" },
  },

  references: [
    {
      score: "circor-murmur",
      value: 0.776,
      what: "the same idea with a recurrent network, hidden test",
      source: "PhysioNet challenge 2022, McDonald et al.",
    },
  ],

  budgets: {
    quick: ['evaluation.protocol={"kind":"grouped-folds","folds":3}', "training.epochs=3"],
    smoke: [
      'evaluation.protocol={"kind":"hold-out"}',
      "training.epochs=1",
      "model.filters=[8]",
      "evaluation.resamples=200",
    ],
  },
});
