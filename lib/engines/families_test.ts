import { expect } from "expect";
import { buildModel, type ModelOptions } from "../models/mod.ts";
import { type Batch, type Engine, openEngine, webgpuAdapter } from "./mod.ts";

const SHAPE = { frames: 12, bands: 8, channels: 1, classes: 3, seed: 0 };
const COUNT = 4;
const BATCH: Batch = {
  inputs: Float32Array.from({ length: COUNT * 96 }, (_, i) => Math.sin(i * i)),
  targets: new Float32Array([1, 0, 0, 0, 1, 0, 0, 0, 1, 0.5, 0.5, 0]),
  weights: new Float32Array([1, 2, 1, 0.5]),
  count: COUNT,
};
const FAMILIES: Exclude<ModelOptions, string>[] = [
  { kind: "cnn", filters: [3, 4], dropout: 0, pooling: "both" },
  { kind: "cnn6", filters: [2, 3], dropout: 0 },
  { kind: "lightCnn", filters: [16, 20], dropout: 0 },
  { kind: "crnn", filters: [2, 3], units: 3, dropout: 0 },
  { kind: "head", pooling: "attention", hidden: [5] },
  { kind: "head", pooling: "sequence" },
];

/** Losses of three steps without noise. */
async function losses(engine: Engine, options: ModelOptions): Promise<number[]> {
  const model = await buildModel(options, SHAPE);
  const session = await engine.train(model, {
    loss: { kind: "categorical-cross-entropy" },
    optimizer: { kind: "sgd", momentum: 0.9 },
    batchSize: COUNT,
    seed: 0,
  });
  const found: number[] = [];
  for (let step = 0; step < 3; step++) found.push((await session.step(BATCH, { learningRate: 0.01 })).loss);
  await session.dispose();
  model.dispose();
  return found;
}

const { engine: reference } = await openEngine("cpu", { threads: 1 });
const adapter = await webgpuAdapter();

for (const name of ["wasm", "ort", "webgpu"] as const) {
  for (const options of FAMILIES) {
    Deno.test({
      name: `${name} trains ${options.kind} with the losses of cpu`,
      // A software adapter is enough to compare figures.
      ignore: name === "webgpu" && adapter === undefined,
      async fn() {
        const { engine } = await openEngine(name, { threads: 1 });
        const [found, expected] = [await losses(engine, options), await losses(reference, options)];
        // Relative, in float32, after three steps in which rounding grows.
        found.forEach((loss, i) => expect(Math.abs(loss / expected[i] - 1)).toBeLessThan(1e-4));
      },
    });
  }
}
