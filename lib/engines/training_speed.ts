import type { LayersModel } from "@tensorflow/tfjs";
import type { Engine, SessionOptions } from "./engine.ts";

/** What is to be trained. */
export interface Trial {
  model: LayersModel;
  options: Pick<SessionOptions, "loss" | "batchSize">;
}

interface SpeedOptions {
  /** @default {a small convolutional network} */
  trial?: Trial;
  /** The time in milliseconds. @default {performance.now} */
  now?: () => number;
}

/** The faster of an engine and a graphics card's by a trial of each, one second long; the first where they are equal. */
export async function fasterEngine(first: Engine, card: Engine, options: SpeedOptions) {
  const [onCard, other] = [await trainingSpeed(card, options), await trainingSpeed(first, options)];
  const shown = (speed: number) => speed.toPrecision(3).replace(/\.0+$/, "");
  const figures = `a trial of one second each gave ${shown(onCard)} samples/s on ${card.name} and ${shown(other)} on ` +
    first.name;
  return { engine: onCard > other ? card : first, figures };
}

/** Examples a second that an engine trains, measured for one second, or for one step where that takes longer. */
export async function trainingSpeed(engine: Engine, { trial, now = () => performance.now() }: SpeedOptions = {}) {
  if (trial) return await speedOf(engine, trial, now);
  const { buildModel } = await import("../models/mod.ts");
  const shape = { frames: 64, bands: 64, channels: 1, classes: 2, seed: 0 };
  const model = await buildModel({ kind: "cnn", filters: [16, 32, 64] }, shape);
  try {
    return await speedOf(engine, { model, options: { loss: "categorical-cross-entropy", batchSize: 32 } }, now);
  } finally {
    model.dispose();
  }
}

async function speedOf(engine: Engine, { model, options }: Trial, now: () => number): Promise<number> {
  const { batchSize: count } = options;
  const session = await engine.train(model, { ...options, optimizer: { kind: "adam" }, seed: 0 });
  const outputs = model.outputs[0].shape[1] as number;
  const size = model.inputs[0].shape.slice(1).reduce<number>((product, extent) => product * extent!, 1);
  const batch = {
    inputs: Float32Array.from({ length: count * size }, (_, i) => Math.sin(i)),
    targets: Float32Array.from({ length: count * outputs }, (_, i) => i % outputs === 0 ? 1 : 0),
    weights: new Float32Array(count).fill(1),
    count,
  };
  try {
    // The first step compiles; it doesn't count.
    await session.step(batch, { learningRate: 0 });
    const started = now();
    let steps = 0;
    for (; steps === 0 || now() - started < 1000; steps++) await session.step(batch, { learningRate: 0 });
    return steps * count * 1000 / (now() - started);
  } finally {
    await session.dispose();
  }
}
