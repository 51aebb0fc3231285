import { expect } from "expect";
import { generateSynthetic } from "../../lib/datasets/mod.ts";
import { openEngine } from "../../lib/engines/mod.ts";
import { type ExperimentDescription, resolveExperiment, runExperiment } from "../../lib/experiment/mod.ts";
import { buildModel } from "../../lib/models/mod.ts";
import { runConfig } from "../../lib/runs/mod.ts";
import { sessionOptions } from "../../lib/training/mod.ts";
import augmentation from "./own_augmentation.ts";
import layer from "./own_layer.ts";
import loss from "./own_loss.ts";
import network from "./own_network.ts";
import temporal from "./temporal_network.ts";

/** Two classes that differ in when the loud frames come. */
function batchOf(frames: number, bands: number) {
  const count = 8;
  const inputs = new Float32Array(count * frames * bands);
  const targets = new Float32Array(count * 2);
  for (let i = 0; i < count; i++) {
    targets[2 * i + i % 2] = 1;
    for (let at = 0; at < frames * bands; at++) {
      const late = at > frames * bands / 2;
      inputs[i * frames * bands + at] = Math.sin(37 * (at + i)) + (late === (i % 2 === 1) ? 1 : -1);
    }
  }
  return { inputs, targets, weights: new Float32Array(count).fill(1), count };
}

const HOWTOS = { network, temporal, layer, loss, augmentation };

for (const [name, description] of Object.entries(HOWTOS)) {
  Deno.test(`the how-to of an own ${name} trains on ort, and its loss falls`, async () => {
    const { model: options, training } = resolveExperiment(description);
    const [frames, bands] = [48, 16];
    const model = await buildModel(options, { frames, bands, channels: 1, classes: 2, seed: 0 });
    const { engine } = await openEngine("ort", { threads: 1 });
    const session = await engine.train(model, sessionOptions(training, { seed: 0 }));
    const losses: number[] = [];
    for (let step = 0; step < 15; step++) {
      losses.push((await session.step(batchOf(frames, bands), { learningRate: 5e-3 })).loss);
    }
    expect(losses.at(-1)!).toBeLessThan(0.9 * losses[0]);
    await session.dispose();
    model.dispose();
  });
}

Deno.test("an experiment of own parts goes the whole way and keeps their code", async () => {
  const root = await Deno.makeTempDir();
  try {
    await generateSynthetic(`${root}/data`, { kind: "heart", subjects: 12, recordings: 1 });
    const together: ExperimentDescription = {
      ...network,
      training: { ...augmentation.training, loss: loss.training.loss },
    };
    const experiment = resolveExperiment(together, [
      "model.filters=[4,4]",
      "training.epochs=1",
      "evaluation.resamples=100",
    ]);
    const { run, complete } = await runExperiment(experiment, {
      ...{ data: `${root}/data`, out: `${root}/results`, cacheFolder: `${root}/cache` },
      ...{ command: "test", epochLines: false, engine: "ort", threads: 1 },
    });
    expect(complete).toBe(true);
    const { parts } = await run.readJson("config.json", runConfig);
    expect(parts!.map(({ part, kind }) => [part, kind])).toEqual(expect.arrayContaining([
      ["model", "attentive-resnet"],
      ["loss", "generalised-cross-entropy"],
      ["augmentation", "concatenate"],
    ]));
    expect(await run.readText("code/loss-generalised-cross-entropy/own_loss.ts")).toContain("Zhang and Sabuncu");
  } finally {
    await Deno.remove(root, { recursive: true });
  }
});
