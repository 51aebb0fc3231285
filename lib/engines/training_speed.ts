import type { LayersModel } from "@tensorflow/tfjs";
import type { Engine, SessionOptions } from "./engine.ts";

export interface Trial {
  model: LayersModel;
  options: Pick<SessionOptions, "loss" | "batchSize">;
}

/** Examples a second that an engine trains, measured for one second; of a small convolutional network if of no other. */
export async function trainingSpeed(engine: Engine, trial?: Trial): Promise<number> {
  if (trial) return await speedOf(engine, trial);
  const { buildModel } = await import("../models/mod.ts");
  const shape = { frames: 64, bands: 64, channels: 1, classes: 2, seed: 0 };
  const model = await buildModel({ kind: "cnn", filters: [16, 32, 64] }, shape);
  try {
    return await speedOf(engine, { model, options: { loss: "categorical-cross-entropy", batchSize: 32 } });
  } finally {
    model.dispose();
  }
}

async function speedOf(engine: Engine, { model, options }: Trial): Promise<number> {
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
    // The first steps compile; they don't count.
    for (let i = 0; i < 2; i++) await session.step(batch, { learningRate: 0 });
    const started = performance.now();
    let steps = 0;
    for (; steps === 0 || performance.now() - started < 1000; steps++) await session.step(batch, { learningRate: 0 });
    return steps * count * 1000 / (performance.now() - started);
  } finally {
    await session.dispose();
  }
}
