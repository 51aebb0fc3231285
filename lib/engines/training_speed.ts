import type { Engine } from "./engine.ts";

const BATCH = 32;
const SIDE = 64;

/** Examples a second that an engine trains of a small convolutional network, measured for one second. */
export async function trainingSpeed(engine: Engine): Promise<number> {
  const { buildModel } = await import("../models/mod.ts");
  const shape = { frames: SIDE, bands: SIDE, channels: 1, classes: 2, seed: 0 };
  const model = await buildModel({ kind: "cnn", filters: [16, 32, 64] }, shape);
  const session = await engine.train(model, {
    loss: { kind: "categorical-cross-entropy" },
    optimizer: { kind: "adam" },
    batchSize: BATCH,
    seed: 0,
  });
  const batch = {
    inputs: Float32Array.from({ length: BATCH * SIDE * SIDE }, (_, i) => Math.sin(i)),
    targets: Float32Array.from({ length: BATCH * 2 }, (_, i) => i % 2),
    weights: new Float32Array(BATCH).fill(1),
    count: BATCH,
  };
  try {
    // The first steps compile; they don't count.
    for (let i = 0; i < 2; i++) await session.step(batch, { learningRate: 0 });
    const started = performance.now();
    let steps = 0;
    for (; steps === 0 || performance.now() - started < 1000; steps++) await session.step(batch, { learningRate: 0 });
    return steps * BATCH * 1000 / (performance.now() - started);
  } finally {
    await session.dispose();
    model.dispose();
  }
}
