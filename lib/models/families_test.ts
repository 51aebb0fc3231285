import type { LayersModel } from "@tensorflow/tfjs";
import { expect } from "expect";
import { buildModel, loadTfjs, type ModelOptions } from "./mod.ts";

const SHAPE = { frames: 64, bands: 128, channels: 1, classes: 4, seed: 0 };

async function trainable(options: ModelOptions): Promise<number> {
  const model = await buildModel(options, SHAPE);
  const count = model.trainableWeights.reduce(
    (sum, { shape }) => sum + shape.reduce<number>((product, extent) => product * extent!, 1),
    0,
  );
  model.dispose();
  return count;
}

/** A convolution without bias and the two constants a map of the normalisation after it. */
function convolution(side: number, from: number, to: number): number {
  return side * side * from * to + 2 * to;
}

function dense(from: number, to: number): number {
  return from * to + to;
}

function chain(side: number, widths: number[]): number {
  return widths.slice(1).reduce((sum, to, i) => sum + convolution(side, widths[i], to), 0);
}

Deno.test("cnn has the parameters of its four convolutions and classes", async () => {
  expect(await trainable({ kind: "cnn" })).toBe(chain(3, [1, 16, 32, 64, 128]) + dense(128, 4));
  expect(await trainable({ kind: "cnn", pooling: "both" })).toBe(chain(3, [1, 16, 32, 64, 128]) + dense(256, 4));
});

Deno.test("cnn6 has the 4.3 million parameters of the published network", async () => {
  expect(await trainable({ kind: "cnn6" })).toBe(chain(5, [1, 64, 128, 256, 512]) + dense(512, 4));
});

Deno.test("lightCnn has fewer than 100,000 parameters", async () => {
  const separable = (from: number, to: number) => 9 * from + 2 * from + convolution(1, from, to);
  const widths = [16, 32, 64, 128, 128, 256];
  const blocks = widths.slice(1).reduce((sum, to, i) => sum + separable(widths[i], to), 0);
  const expected = convolution(3, 1, 16) + blocks + dense(256, 4);
  expect(expected).toBeLessThan(100_000);
  expect(await trainable({ kind: "lightCnn" })).toBe(expected);
});

Deno.test("crnn has three gates a direction over the pooled bands", async () => {
  const gates = 3 * (64 * (128 / 8) * 64 + 64 * 64 + 64);
  expect(await trainable({ kind: "crnn" })).toBe(chain(3, [1, 16, 32, 64]) + 2 * gates + dense(128, 4));
});

const SMALL: ModelOptions[] = [
  { kind: "cnn", filters: [2, 2, 2, 2, 2] },
  { kind: "cnn6", filters: [2, 2] },
  { kind: "lightCnn", filters: [4, 8] },
  { kind: "crnn", filters: [2, 2], units: 3 },
];

Deno.test("every family takes windows whose sides are no powers of 2, and is saved and loaded by plain tfjs", async () => {
  const tf = await loadTfjs();
  const windows = tf.tensor(Float32Array.from({ length: 2 * 77 }, (_, i) => Math.sin(i * i)), [2, 11, 7, 1]);
  const logits = (model: LayersModel) => {
    const output = model.predict(windows) as import("@tensorflow/tfjs").Tensor;
    return [...output.dataSync()];
  };
  for (const options of SMALL) {
    const model = await buildModel(options, { frames: 11, bands: 7, channels: 1, classes: 3, seed: 0 });
    let saved: import("@tensorflow/tfjs").io.ModelArtifacts = {};
    await model.save(tf.io.withSaveHandler((artifacts) => {
      saved = artifacts;
      return Promise.resolve({ modelArtifactsInfo: tf.io.getModelArtifactsInfoForJSON(artifacts) });
    }));
    const loaded = await tf.loadLayersModel(tf.io.fromMemory(saved));
    expect(logits(loaded)).toEqual(logits(model));
    expect(logits(model).length).toBe(6);
    model.dispose();
    loaded.dispose();
  }
});
