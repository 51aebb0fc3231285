import { expect } from "expect";
import { join } from "node:path";
import { generateSynthetic } from "../datasets/mod.ts";
import { importParts } from "../parts/mod.ts";
import { runConfig } from "../runs/mod.ts";
import { type ExperimentDescription, resolveExperiment, runExperiment, type RunExperimentOptions } from "./mod.ts";

/** The module of a study: a network of one hidden layer over the means of the bands. */
const network = (activation: string) => `
  import * as tf from "@tensorflow/tfjs";
  import { z } from "zod";
  import { defineModel } from "${import.meta.resolve("../models/mod.ts")}";
  export const means = defineModel({
    name: "test-means",
    options: z.strictObject({ units: z.int().positive().default(4) }),
    build({ units }, { frames, bands, channels, classes }) {
      const input = tf.input({ shape: [frames, bands, channels] });
      const mean = tf.layers.globalAveragePooling2d({}).apply(input);
      const hidden = tf.layers.dense({ units, activation: "${activation}" }).apply(mean);
      return tf.model({ inputs: input, outputs: tf.layers.dense({ units: classes }).apply(hidden) });
    },
  });`;

const description = (model: ExperimentDescription["model"]): ExperimentDescription => ({
  name: "test/own",
  title: "A test",
  question: "Is there a murmur?",
  dataset: { name: "synthetic", task: "murmur-2" },
  input: { preset: "pcg", seconds: 2.5, padding: "circular" },
  model,
  training: { epochs: 2, batchSize: 16 },
  evaluation: { protocol: { kind: "grouped-folds", folds: 2 }, resamples: 100 },
});

Deno.test("a network of one's own is trained, its code is kept, and another code is not gone on with", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await generateSynthetic(join(folder, "data"), { kind: "heart", subjects: 12, recordings: 2 });
    const module = join(folder, "means.ts");
    await Deno.writeTextFile(module, network("relu"));
    const { means } = await importParts(module) as { means: (options: object) => ExperimentDescription["model"] };
    const experiment = resolveExperiment(description(means({ units: 5 })), ["model.units=6"]);
    expect(experiment.model).toEqual({ kind: "test-means", units: 6 });
    expect(() => resolveExperiment(description(means({})), ["model.unit=6"])).toThrow(/keys kind, units .*"unit"/);

    const run = (options: Partial<RunExperimentOptions>) =>
      runExperiment(experiment, {
        ...{ data: join(folder, "data"), out: join(folder, "results"), cacheFolder: join(folder, "features") },
        ...{ command: "test", engine: "ort", threads: 1, epochLines: false },
        ...options,
      });
    const controller = new AbortController();
    const stopped = await run({ signal: controller.signal, callbacks: [{ onStep: () => controller.abort() }] });
    expect(stopped.complete).toBe(false);

    await Deno.writeTextFile(module, network("tanh"));
    const other = await run({ resume: true });
    expect(other.run.folder).not.toBe(stopped.run.folder);
    const [before, after] = await Promise.all(
      [stopped, other].map(async ({ run }) => (await run.readJson("config.json", runConfig)).parts![0]),
    );
    expect(before).toMatchObject({ part: "model", kind: "test-means", module });
    expect(after.sha256).not.toBe(before.sha256);
    expect(await stopped.run.readText("code/model-test-means/means.ts")).toBe(network("relu"));

    await Deno.writeTextFile(module, network("relu"));
    const resumed = await run({ resume: true });
    expect(resumed.run.folder).toBe(stopped.run.folder);
    expect(resumed.complete).toBe(true);
    expect(await resumed.run.has("model/pipeline.onnx")).toBe(true);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
