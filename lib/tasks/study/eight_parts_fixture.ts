// A study in which everything that can be one's own is.

import {
  defineAugmentation,
  defineCallback,
  defineDataset,
  defineExperiment,
  defineInput,
  defineLoss,
  defineModel,
  defineSampler,
  defineScore,
  int,
  z,
} from "@auscult/auscult";
import { linesOf } from "@auscult/auscult/datasets";
import { confusion } from "@auscult/auscult/evaluation";
import * as tf from "@auscult/auscult/tf";

const hearts = defineDataset({
  name: "hearts",
  title: "Hearts of the study",
  sound: "heart",
  licence: "made by a computer",
  citation: "Nobody, unpublished",
  tasks: { murmur: { classes: ["normal", "murmur"], about: "Does the heart murmur?" } },
  parts: [],
  traps: [],
  async read(files) {
    const lines = await linesOf(files, "labels.csv");
    return {
      rows: lines.map(({ cells: { recording, subject, label } }) => ({ recording, subject, label, part: "all" })),
    };
  },
});

/** Level and mean of `bands` equal shares of a frame's samples: two channels, no Mel and no spectrum. */
const shares = defineInput({
  name: "shares",
  options: z.strictObject({ bands: z.int().positive().default(8), hopLength: z.int().positive().default(80) }),
  sampleRate: () => 1000,
  shape: ({ bands, hopLength }, seconds) => ({
    ...{ frames: Math.floor(1000 * seconds / hopLength), bands, channels: 2 },
    axes: {
      ...{ hop: hopLength / 1000, bands: Array.from({ length: bands }, (_, i) => `share ${i + 1}`) },
      channels: ["level", "mean"],
    },
  }),
  compute(samples, { bands, hopLength }) {
    const frames = Math.floor(samples.length / hopLength), size = Math.floor(hopLength / bands);
    return Float32Array.from({ length: frames * bands * 2 }, (_, i) => {
      const band = i >> 1, start = Math.floor(band / bands) * hopLength + (band % bands) * size;
      const share = samples.subarray(start, start + size);
      const mean = (of: (x: number) => number) => share.reduce((sum, x) => sum + of(x), 0) / size;
      return i % 2 === 0 ? Math.log(1e-6 + mean((x) => x * x)) : mean((x) => x);
    });
  },
});

const smallNet = defineModel({
  name: "small-net",
  options: z.strictObject({ filters: z.int().positive().default(4) }),
  build({ filters }, { frames, bands, channels, classes }) {
    const input = tf.input({ shape: [frames, bands, channels] });
    const maps = tf.layers.conv2d({ filters, kernelSize: 3, padding: "same", activation: "relu" }).apply(input);
    const mean = tf.layers.globalAveragePooling2d({}).apply(maps);
    return tf.model({ inputs: input, outputs: tf.layers.dense({ units: classes }).apply(mean) as tf.SymbolicTensor });
  },
});

const backwards = defineAugmentation({
  name: "backwards",
  options: z.strictObject({}),
  apply({ features, bands, channels }) {
    const row = bands * channels, before = features.slice();
    for (let at = 0; at < before.length; at += row) {
      features.set(before.subarray(at, at + row), before.length - row - at);
    }
  },
});

const squares = defineLoss({
  name: "squares",
  options: z.strictObject({}),
  tensor: (logits, targets) => tf.sum(tf.squaredDifference(tf.softmax(logits), targets), 1),
});

const inTurn = defineSampler({
  name: "in-turn",
  options: z.strictObject({}),
  order: ({ labels }, _, random) => random.shuffle([...labels.keys()]),
});

const enough = defineCallback({
  name: "enough",
  options: z.strictObject({ epochs: z.int().positive().default(3) }),
  create: ({ epochs }) => ({ onEpochEnd: (history) => history.length >= epochs ? "stop" : undefined }),
});

const youden = defineScore({
  name: "youden-j",
  title: "Youden's J",
  meaning: "sensitivity plus specificity less one",
  options: z.strictObject({}),
  range: [-1, 1],
  from: confusion,
  value: ({ counts: [tn, fp, fn, tp] }) => tp / (tp + fn) + tn / (tn + fp) - 1,
});

export default defineExperiment({
  name: "eight",
  title: "Eight parts of one's own",
  question: "Does the heart murmur?",
  dataset: hearts({ task: "murmur" }),
  input: { ...shares({ bands: 8 }), seconds: 2.4, padding: "circular" },
  model: smallNet({ filters: 4 }),
  training: {
    epochs: 40,
    batchSize: 8,
    loss: squares(),
    sampler: inTurn(),
    augment: [backwards({ probability: 0.5 })],
    callbacks: [enough({ epochs: 4 })],
  },
  evaluation: { protocol: { kind: "hold-out" }, scores: [youden()], monitor: youden(), resamples: 200 },
  space: { "model.filters": int(2, 8) },
});
