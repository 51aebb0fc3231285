// Does the manikin's heart murmur?
//
//   deno task experiment experiments/heart/hls_cmds.ts --data data/hls-cmds
//   deno task experiment experiments/heart/hls_cmds.ts --data data/hls-cmds --set budget=sites
//
// HLS-CMDS (Torabi et al. 2025): fifty heart sounds that a training manikin plays, heard at six sites. There is no
// patient to leave out: each kind of murmur is one recording, played again, so a score tells how well known sounds are
// known again and nothing about patients. It is here to show that: expect a look-up of the nearest sound to come close.
// The budget `sites` leaves one site out at a time, which changes the body's filter but not the sound.
// Five seeds of five folds take eleven minutes of one core.

import { defineExperiment, float } from "@auscult/auscult";

export default defineExperiment({
  name: "heart/hls_cmds",
  title: "Murmurs of a manikin",
  question: "Does a recording of a manikin's heart hold a murmur?",
  dataset: { name: "hls-cmds", task: "murmur-2" },

  input: { preset: "respirenet", seconds: 3, padding: "circular" }, // 15 s a recording: five windows

  model: { kind: "cnn", filters: [8, 16, 32], dropout: 0.4 }, // 50 recordings

  training: {
    epochs: 12,
    batchSize: 16,
    optimizer: { kind: "adamw", learningRate: 1e-3, weightDecay: 1e-2 },
    schedule: "one-cycle",
    augment: [{ kind: "time-shift" }, { kind: "random-filter" }, { kind: "spec-augment", bands: 10, frames: 16 }],
  },

  evaluation: {
    protocol: { kind: "grouped-folds", folds: 5, seeds: [0, 1, 2, 3, 4] },
    monitor: "logLoss", // eight recordings validate
    decision: "youden",
  },

  space: { "training.optimizer.learningRate": float(3e-4, 1e-2, { log: true }), "model.dropout": float(0, 0.6) },

  budgets: {
    sites: ['evaluation.protocol={"kind":"leave-one-source-out"}'],
    quick: ["evaluation.protocol.seeds=[0]"],
    smoke: ['evaluation.protocol={"kind":"hold-out"}', "training.epochs=2", "evaluation.resamples=200"],
  },
});
