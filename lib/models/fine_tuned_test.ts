import type { LayersModel, Tensor } from "@tensorflow/tfjs";
import { expect } from "expect";
import { type Batch, openEngine, type SessionOptions, type StepOptions } from "../engines/mod.ts";
import { type InputOptions, openInput, speechEmbedding } from "../features/mod.ts";
import { buildModel, fineTuned, loadTfjs, type ModelOptions } from "./mod.ts";

const tf = await loadTfjs();

const shape = { frames: 76, bands: 32, channels: 1, classes: 2, seed: 0 };
const tuned = (change: Partial<Parameters<typeof fineTuned>[0]> = {}) =>
  fineTuned({ encoder: speechEmbedding() as never, ...change });
const samplesOf = (length: number) => Float32Array.from({ length }, (_, i) => 0.1 * Math.sin(i * i));

const input = openInput({ ...speechEmbedding({ gives: "frames" }), seconds: 0.782, padding: "zero" });
const frames = await input.compute(samplesOf(input.samples));
const batch: Batch = {
  inputs: Float32Array.from([1, 0.9, 1.1, 0.8].flatMap((factor) => [...frames.map((value) => factor * value)])),
  targets: Float32Array.of(1, 0, 0, 1, 1, 0, 0, 1),
  weights: new Float32Array(4).fill(1),
  count: 4,
};

/** Values of the weights by their names, before the steps and after them. */
async function trained(
  options: Partial<Parameters<typeof fineTuned>[0]>,
  { engine: name = "ort", steps = 1, groups, rates }: {
    engine?: "ort" | "wasm";
    steps?: number;
    groups?: string[];
    rates?: number[];
  } = {},
) {
  const model = await buildModel(tuned(options), shape);
  const before = valuesOf(model);
  const session: SessionOptions = {
    ...{ loss: "categorical-cross-entropy", optimizer: { kind: "sgd" }, batchSize: 4, seed: 0 },
    ...groups ? { layerGroups: groups } : {},
  };
  const { engine } = await openEngine(name, { threads: 1 });
  const training = await engine.train(model, session);
  const step: StepOptions = { learningRate: 0.001, groupRates: rates };
  for (let i = 0; i < steps; i++) await training.step(batch, step);
  await training.writeTo(model);
  await training.dispose();
  const after = valuesOf(model);
  model.dispose();
  return { before, after };
}

const valuesOf = (model: LayersModel) =>
  new Map(model.weights.map((weight) => [weight.originalName, Array.from(weight.read().dataSync())]));
const isHead = (name: string) => !name.startsWith("encoder/");
const moved = ({ before, after }: Awaited<ReturnType<typeof trained>>) =>
  [...before].filter(([name, values]) => values.some((value, i) => value !== after.get(name)![i])).map(([name]) =>
    name
  );

Deno.test("a fine-tuned encoder, frozen, gives what its embeddings give under the same head", async () => {
  // One window, and four that overlap.
  for (const seconds of [0.782, 1.1]) {
    const options = { seconds, padding: "zero" as const };
    const [heard, embedded] = (["frames", "embeddings"] as const).map((gives) =>
      openInput({ ...speechEmbedding({ gives }), ...options } as InputOptions)
    );
    const samples = samplesOf(heard.samples);
    const pooling = "mean-max" as const;
    const models = [
      await buildModel(tuned({ pooling }), { ...shape, frames: heard.frames }),
      await buildModel({ kind: "head", pooling } as ModelOptions, { ...shape, ...embedded }),
    ];
    models[1].getLayer("logits").setWeights(models[0].getLayer("logits").getWeights());
    const logits = await Promise.all([heard, embedded].map(async ({ frames, bands, compute }, i) => {
      const window = tf.tensor(await compute(samples), [1, frames, bands, 1]);
      return (models[i].predict(window) as Tensor).dataSync();
    }));
    const largest = Math.max(...logits[1].map(Math.abs));
    logits[0].forEach((value, i) => expect(Math.abs(value - logits[1][i]) / largest).toBeLessThan(1e-4));
  }
});

for (const engine of ["ort", "wasm"] as const) {
  Deno.test(`${engine} leaves frozen layers bit for bit, and learns from the named layer on`, async () => {
    const frozen = moved(await trained({}, { engine, steps: 2 }));
    expect(frozen).toEqual(["logits/kernel", "logits/bias"]);
    const thawed = moved(await trained({ from: "model/conv2d_18/Conv2D" }, { engine, steps: 2 }));
    expect(thawed.filter(isHead)).toEqual(["logits/kernel", "logits/bias"]);
    const learned = thawed.filter((name) => !isHead(name)).toSorted();
    expect(learned).toEqual(
      ["18/Conv2D/bias", "18/Conv2D/kernel", "19/Conv2D/kernel"].map((end) => `encoder/model/conv2d_${end}`),
    );
  });

  Deno.test(`${engine} gives each group of layers its share of a step, of none nothing`, async () => {
    const from = "model/conv2d_17/Conv2D";
    const frozen = await trained({}, { engine });
    const still = await trained({ from }, { engine, groups: ["^encoder/"], rates: [0] });
    expect(moved(still)).toEqual(moved(frozen));
    for (const name of moved(frozen)) {
      still.after.get(name)!.forEach((value, i) => expect(value).toBeCloseTo(frozen.after.get(name)![i], 6));
    }
    const whole = await trained({ from }, { engine });
    const slow = await trained({ from }, { engine, groups: ["conv2d_19", "^encoder/"], rates: [1, 0.1] });
    for (const [name, values] of whole.before) {
      const factor = isHead(name) || name.includes("conv2d_19") ? 1 : 0.1;
      const largest = Math.max(...values.map((value, i) => Math.abs(whole.after.get(name)![i] - value)));
      const off = values.map((value, i) => {
        const [step, part] = [whole, slow].map(({ after }) => after.get(name)![i] - value);
        return Math.abs(part - factor * step);
      });
      // The weights are 32-bit numbers, of which a step is a small part.
      expect(Math.max(...off)).toBeLessThan(1e-3 * largest + 1e-6);
    }
  });
}

Deno.test("ort and wasm train a thawed encoder over several windows alike", async () => {
  const { engine: ort } = await openEngine("ort", { threads: 1 });
  const { engine: wasm } = await openEngine("wasm", { threads: 1 });
  const model = await buildModel(tuned({ from: "model/conv2d_17/Conv2D" }), { ...shape, frames: 84 });
  const two = {
    ...batch,
    inputs: Float32Array.from({ length: 4 * 84 * 32 }, (_, i) => batch.inputs[i % batch.inputs.length]),
  };
  const losses = await Promise.all([ort, wasm].map(async (engine) => {
    const session = await engine.train(model, {
      ...{ loss: "categorical-cross-entropy", optimizer: { kind: "sgd" }, batchSize: 4, seed: 0 },
    });
    const found: number[] = [];
    for (let i = 0; i < 3; i++) found.push((await session.step(two, { learningRate: 1e-3 })).loss);
    await session.dispose();
    return found;
  }));
  losses[0].forEach((loss, i) => expect(Math.abs(loss - losses[1][i])).toBeLessThan(1e-4 * Math.max(1, loss)));
});

Deno.test("fineTuned() says in words what it can't do", async () => {
  const build = (change: Parameters<typeof tuned>[0], frames = 76) => buildModel(tuned(change), { ...shape, frames });
  await expect(build({ from: "conv" })).rejects.toThrow(/model\/conv2d_3\/Conv2D.*"conv"/);
  await expect(build({ encoder: speechEmbedding({ licence: "CC-BY-NC-4.0" }) as never })).rejects.toThrow(
    /passed on.*CC-BY-NC-4\.0/,
  );
  await expect(build({}, 75)).rejects.toThrow(/one window.*76.*75/);
  const { engine } = await openEngine("ort", { threads: 1 });
  const options = { loss: "categorical-cross-entropy", optimizer: { kind: "sgd" }, batchSize: 4, seed: 0 } as const;
  const model = await build({});
  await expect(engine.train(model, { ...options, layerGroups: ["^encoder/"] })).rejects.toThrow(
    /logits.*"\^encoder\/"/,
  );
});
