// Trains networks on the engines ort and ort-webgpu and prints, a JSON line a network, how far they are apart. Vulkan looks
// for its driver as the process starts, so that a check on another driver is a program of its own.
import * as tf from "@tensorflow/tfjs";
import { buildModel, inOneRow, type ModelOptions } from "../../../models/mod.ts";
import { randomStream } from "../../../random/mod.ts";
import { type Batch, type Engine, openEngine, type SessionOptions } from "../../mod.ts";
import { CROSS_ENTROPY, largest, largestDifference, randomBatch, randomWeights } from "./compare_with_tfjs.ts";
import { CASES, surrounded } from "./layer_cases.ts";

/** How far the two engines are apart, against the largest value: what cancels keeps the rounding of what it is made of. */
export interface CardDifference {
  network: string;
  /** After the first step, by the name of the weight or statistic. */
  weights: Record<string, number>;
  /** Of three steps. */
  losses: number[];
  logits: number;
  /** Of three steps in two parts each. */
  parts: number[];
  /** After three steps, of which the card went on from a saved state before the last, and the same run uninterrupted. */
  resumed: number;
}

/** How far a network in mixed precision is from float32 on the same card, or why it isn't trained so there. */
export interface MixedDifference {
  network: string;
  off?: number;
  refused?: string;
}

const OPTIONS: SessionOptions = { loss: CROSS_ENTROPY, optimizer: { kind: "sgd" }, batchSize: 4, seed: 0 };
// The engine ort lays the random numbers of dropout on maps in its own order: only those behind a pooling are the same.
const FAMILIES: Record<string, ModelOptions> = {
  cnn: { kind: "cnn", filters: [16, 17], dropout: 0.3, pooling: "both" },
  cnn6: { kind: "cnn6", filters: [16, 17], dropout: 0 },
  lightCnn: { kind: "lightCnn", filters: [16, 20], dropout: 0.2 },
  crnn: { kind: "crnn", filters: [4, 6], units: 3, dropout: 0 },
  gru: { kind: "gru", units: 3, layers: 1, hidden: [4], dropout: 0 },
  fcn: { kind: "fcn", filters: [6, 8], kernel: 3, dropout: 0 },
  "head with attention": { kind: "head", pooling: "attention", hidden: [5] },
  "head with a sequence": { kind: "head", pooling: "sequence" },
};

/** A network, made anew at each call, and its batches. */
interface Trial {
  model: tf.LayersModel;
  batch: (step: number) => Batch;
}

async function family(name: string): Promise<Trial> {
  const byFrame = name === "gru" || name === "fcn";
  const shape = { frames: 12, bands: 8, channels: 1, classes: 3, byFrame, seed: 0 };
  const built = await buildModel(FAMILIES[name], shape);
  const model = byFrame ? await inOneRow(built) : built;
  randomWeights(model, 2);
  return { model, batch: (step) => randomBatch(model, { count: step === 2 ? 3 : 4, seed: step }) };
}

function layer(name: string): Trial {
  const stream = randomStream(1, name);
  const drawn = CASES[name](
    (from, to) => from + stream.integer(to - from + 1),
    (...items) => items[stream.integer(items.length)],
  );
  const model = surrounded(drawn, true);
  randomWeights(model, 1);
  const batch = randomBatch(model, { count: 4, seed: 1 });
  if (drawn.words) batch.inputs = batch.inputs.map((_, i) => i * 7 % drawn.words!);
  return { model, batch: () => batch };
}

/** What a training gave, read without a step between where `steps` is 1. */
async function train(engine: Engine, { model, batch }: Trial, { steps, resume = false, ...more }: {
  steps: number;
  resume?: boolean;
} & Pick<SessionOptions, "accumulate" | "precision">) {
  const before = model.getWeights().map((weight) => weight.dataSync() as Float32Array);
  const options = { ...OPTIONS, ...more };
  let session = await engine.train(model, options);
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    if (resume && step === steps - 1) {
      const state = await session.state();
      await session.dispose();
      session = await engine.train(model, options);
      await session.restore(state);
    }
    // A learning rate of 1: what the weights move by is the gradient, all of it.
    losses.push((await session.step(batch(step), { learningRate: step === 0 ? 1 : 0.1 })).loss);
  }
  const { inputs, count } = batch(0);
  const logits = steps > 1 ? await session.predict(inputs, count) : new Float32Array(1);
  const start = before.map((values, i) => tf.tensor(values, model.weights[i].shape as number[]));
  await session.writeTo(model);
  await session.dispose();
  const weights = model.getWeights().map((weight) => weight.dataSync() as Float32Array);
  model.setWeights(start);
  return { weights, losses, logits };
}

const { engine: card } = await openEngine("ort-webgpu", { threads: 1 });
const { engine: cpu } = await openEngine("ort", { threads: 1 });

async function compare(network: string, trial: Trial, whole: boolean): Promise<CardDifference> {
  const [theirs, ours] = [await train(cpu, trial, { steps: 1 }), await train(card, trial, { steps: 1 })];
  const most = Math.max(...theirs.weights.map(largest));
  const weights = trial.model.weights.map(({ name }, i) => [
    name,
    largestDifference(ours.weights[i], theirs.weights[i]) / most,
  ]);
  const first = { network, weights: Object.fromEntries(weights) };
  const losses = (a: typeof ours, b: typeof ours) => a.losses.map((loss, i) => Math.abs(loss / b.losses[i] - 1));
  if (!whole) return { ...first, losses: losses(ours, theirs), parts: [], logits: 0, resumed: 0 };
  const [long, same] = [await train(cpu, trial, { steps: 3 }), await train(card, trial, { steps: 3 })];
  const resumed = await train(card, trial, { steps: 3, resume: true });
  const inParts = { steps: 3, accumulate: 2 };
  return {
    ...first,
    losses: losses(same, long),
    parts: losses(await train(card, trial, inParts), await train(cpu, trial, inParts)),
    logits: largestDifference(same.logits, long.logits) / largest(long.logits),
    resumed: Math.max(...same.weights.map((values, i) => largestDifference(values, resumed.weights[i]))),
  };
}

/** What the weights of a first step in mixed precision are off by, against the length of what float32 moves them by. */
async function compareMixed(network: string, trial: Trial): Promise<MixedDifference> {
  const start = trial.model.getWeights().map((weight) => weight.dataSync() as Float32Array);
  const [mixed, whole] = [
    await train(card, trial, { steps: 1, precision: "mixed" }),
    await train(card, trial, { steps: 1 }),
  ];
  const length = (a: Float32Array[], b: Float32Array[]) =>
    Math.hypot(...a.flatMap((values, i) => Array.from(values, (value, at) => value - b[i][at])));
  return { network, off: length(mixed.weights, whole.weights) / length(whole.weights, start) };
}

const [what = "families", some = Object.keys(FAMILIES).join()] = Deno.args;
if (what === "mixed") {
  for (const name of some.split(",")) {
    const trial = await family(name);
    const asked = { ...OPTIONS, precision: "mixed" as const };
    const refused = await Promise.resolve(card.check(trial.model, asked)).then(
      () => undefined,
      ({ message }) => message,
    );
    console.log(JSON.stringify(refused ? { network: name, refused } : await compareMixed(name, trial)));
  }
} else if (what === "families") {
  for (const name of some.split(",")) {
    console.log(JSON.stringify(await compare(name, await family(name), name === "cnn")));
  }
} else {
  for (const name of what.split(",")) console.log(JSON.stringify(await compare(name, layer(name), false)));
}
