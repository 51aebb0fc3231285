// A score of your own: what your clinic counts, with an interval, floors and a place in the report.
//
//   deno task experiment experiments/howto/own_score.ts --data data/synthetic
//   deno task evaluate results/howto/own_score --data elsewhere --parts experiments/howto/own_score.ts
//
// A score is one function. It is asked again and again: of all subjects, without each of them (which gives the interval),
// of the floors, by recording and by subject, by source and by group. So it must say the same of the same answers, a finite
// number within its range, or NaN where it doesn't exist: of a class that isn't there, 0/0 is NaN by itself.

import { z } from "zod";
import { answers, confusion, defineScore } from "../../lib/scores/mod.ts";
import { defineExperiment } from "../../lib/experiment/mod.ts";

// Net benefit (Vickers and Elkin 2006): patients that are rightly sent to the expert, less those that are sent in vain, who
// weigh less. A doctor who would send one ill patient among ten holds a risk of 10 % for enough: `risk` is an option, and
// `--set evaluation.scores.0.risk=0.2` changes it. What is read from the confusion is fast, and can be decided for.
export const netBenefit = defineScore({
  name: "net-benefit",
  title: "net benefit",
  meaning: "ill patients that are sent on, less healthy ones by their weight, of all",
  options: z.strictObject({ risk: z.number().gt(0).lt(1).default(0.1) }),
  range: [-Infinity, 1], // an end that is none has no Wilson interval: subjects are resampled instead
  from: confusion,
  // counts[truth * classes + answer]; the first class is the healthy one.
  value: ({ counts: [tn, fp, fn, tp] }, { risk }) => (tp - fp * risk / (1 - risk)) / (tn + fp + fn + tp),
});

// Sensitivity where nine of ten healthy are left alone. Counts don't tell it, so it asks for the answers themselves.
export const sensitivityAt90 = defineScore({
  name: "sensitivity-at-90",
  title: "sensitivity at 90 % specificity",
  meaning: "share of the ill above the probability that a tenth of the healthy exceed",
  from: answers,
  value({ labels, probabilities, classes }) {
    const ill = (i: number) => 1 - probabilities[i * classes.length];
    const healthy = [...labels.keys()].filter((i) => labels[i] === 0).map(ill).sort((a, b) => a - b);
    const others = [...labels.keys()].filter((i) => labels[i] !== 0).map(ill);
    if (healthy.length === 0) return NaN;
    const threshold = healthy[Math.ceil(0.9 * healthy.length) - 1];
    return others.filter((p) => p > threshold).length / others.length;
  },
});

export default defineExperiment({
  name: "howto/own_score",
  title: "Who is sent to the expert",
  question: "How much does a heart's sound help to decide who is sent on?",

  dataset: { name: "synthetic", task: "murmur-2" },

  input: { preset: "pcg", seconds: 2.5, padding: "circular" },
  model: { kind: "cnn", filters: [8, 16] },
  training: { epochs: 12 },
  evaluation: {
    protocol: { kind: "grouped-folds", folds: 3 },
    scores: [netBenefit({ risk: 0.1 }), sensitivityAt90()], // the first speaks for the run
    monitor: sensitivityAt90(), // picks the epoch, on inner validation
    decision: { score: netBenefit({ risk: 0.1 }) }, // sets the threshold, on inner validation
    unit: "subject",
  },
});
