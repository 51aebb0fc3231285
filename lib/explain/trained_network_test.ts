import { expect } from "expect";
import type { LayersModel } from "@tensorflow/tfjs";
import { openEngine } from "../engines/mod.ts";
import { buildModel } from "../models/mod.ts";
import { randomStream } from "../random/mod.ts";
import { pointingGame } from "./fixtures/pointing_game.ts";
import { sanityCheck } from "./fixtures/sanity_check.ts";
import { gradCam, type HeatMap, occlusion, type Predict } from "./mod.ts";

const frames = 32, bands = 16, size = frames * bands;
const blob = { frames: 5, bands: 4 };

/** Noise; every other example has a loud patch of 5 frames and 4 bands somewhere. */
function draw(count: number, name: string) {
  const stream = randomStream(0, name);
  return Array.from({ length: count }, (_, i) => {
    const input = Float32Array.from({ length: size }, () => stream.normal());
    const frame = stream.integer(frames - blob.frames), band = stream.integer(bands - blob.bands);
    if (i % 2 === 1) {
      for (let f = frame; f < frame + blob.frames; f++) {
        for (let b = band; b < band + blob.bands; b++) input[f * bands + b] += 2;
      }
    }
    const region = { frames: [frame, frame + blob.frames] as const, bands: [band, band + blob.bands] as const };
    return { input, label: i % 2, region };
  });
}

async function train(): Promise<{ model: LayersModel; predict: Predict }> {
  const model = await buildModel({ kind: "cnn", filters: [8, 16], dropout: 0 }, {
    frames,
    bands,
    channels: 1,
    classes: 2,
    seed: 0,
  });
  const { engine } = await openEngine("ort", { threads: 1 });
  const session = await engine.train(model, {
    loss: { kind: "categorical-cross-entropy" },
    optimizer: { kind: "adam" },
    batchSize: 32,
    seed: 0,
  });
  for (let step = 0; step < 80; step++) {
    const batch = draw(32, `train/${step}`);
    await session.step({
      inputs: Float32Array.from(batch.flatMap(({ input }) => [...input])),
      targets: Float32Array.from(batch.flatMap(({ label }) => [1 - label, label])),
      weights: new Float32Array(32).fill(1),
      count: 32,
    }, { learningRate: 0.01 });
  }
  await session.writeTo(model);
  return { model, predict: (inputs, count) => session.predict(inputs, count) };
}

Deno.test("gradCam() and occlusion() point at the sound that makes the class, and an untrained network doesn't", async (t) => {
  const { model, predict } = await train();
  const sick = draw(60, "test").filter(({ label }) => label === 1);
  const play = async (explain: (input: Float32Array) => Promise<HeatMap>) => {
    const maps = [];
    for (const { input, region } of sick) maps.push({ map: await explain(input), regions: [region] });
    // A cell of the maps is two frames and two bands: the hottest point may lie as far outside.
    return pointingGame(maps, { tolerance: 1 });
  };
  await t.step("Grad-CAM hits at least 7 of 10 patches, a share that chance does not come near", async () => {
    const { hits, chance } = await play((input) => gradCam(model, input, { classIndex: 1 }));
    expect(chance).toBeLessThan(0.1);
    expect(hits).toBeGreaterThanOrEqual(0.7);
  });
  await t.step("so does occlusion, from the answers of the engine alone", async () => {
    const options = { frames, bands, classIndex: 1, patch: [6, 6] as const, stride: [2, 2] as const };
    expect((await play((input) => occlusion(predict, input, options))).hits).toBeGreaterThanOrEqual(0.7);
  });
  await t.step("with shuffled weights the heat is another", async () => {
    const before = model.getWeights().map((weight) => [...weight.dataSync()]);
    const inputs = sick.slice(0, 10).map(({ input }) => input);
    const { correlation } = await sanityCheck(model, inputs, { classIndex: 1, seed: 0 });
    expect(Math.abs(correlation)).toBeLessThan(0.5);
    expect(model.getWeights().map((weight) => [...weight.dataSync()])).toEqual(before);
  });
});
