import * as tf from "@tensorflow/tfjs";
import { expect } from "expect";
import { withFolder } from "../../datasets/fixtures/with_folder.ts";
import { exportOnnx } from "../../engines/ort/mod.ts";
import { encoder, heartCyclesInput, speechEmbedding } from "../../features/mod.ts";
import { hashBytes } from "../../files/mod.ts";
import { resolveExperiment, runExperiment } from "../mod.ts";

const names = Array.from({ length: 16 }, (_, i) => `${i + 10}.wav`);

/** The floors and the warnings of a short run on noise that hears by an encoder. */
async function judgedBy(input: object) {
  const rows = names.map((name, i) => `${name},p${i},${i % 2 ? "wheeze" : "normal"}\n`);
  const sounds = Object.fromEntries(names.map((name, i) => [name, { seconds: 2, seed: i + 1 }]));
  const judged = { floors: {} as Record<string, number | null>, warnings: "" };
  await withFolder({ ...sounds, "manifest.csv": `path,subject,label\n${rows.join("")}` }, async (data) => {
    const experiment = resolveExperiment({
      ...{ name: "test", title: "A test", question: "?", dataset: { name: "csv", task: "labels" } },
      input: { ...input, seconds: 2, padding: "circular" },
      model: { kind: "head", hidden: [], pooling: "mean", dropout: 0 },
      training: { epochs: 1, batchSize: 16 },
      evaluation: { protocol: { kind: "grouped-folds", folds: 2 }, resamples: 100 },
    } as never);
    const places = { cacheFolder: `${data}/features`, out: `${data}/results`, threads: 1 };
    const { run } = await runExperiment(experiment, { ...places, data, engine: "ort", command: "test" });
    const metrics = await run.metrics();
    judged.floors = metrics.parts.test.pooled.item!.balancedAccuracy.floors as never;
    judged.warnings = metrics.warnings.join("\n");
  });
  return judged;
}

const beside = ["linear", "linear-with-duration", "nearest", "shortcut", "shortcut-without-duration"];

Deno.test("beside an encoder stand its graph with random weights, the spectrum and the shortcuts, by length and without", async () => {
  const { floors, warnings } = await judgedBy(speechEmbedding({ playbackRate: 2, pooling: "mean" }));
  expect(Object.keys(floors)).toEqual(expect.arrayContaining([...beside, "random-encoder"]));
  expect(warnings).not.toContain("random weights is missing");
});

Deno.test("beside one row of numbers stands the spectrum, which it isn't", async () => {
  const { floors, warnings } = await judgedBy(heartCyclesInput());
  expect(Object.keys(floors)).toEqual(expect.arrayContaining(beside));
  expect(Object.keys(floors)).not.toContain("random-encoder");
  expect(warnings).not.toContain("random weights is missing");
});

Deno.test("an encoder without weights that can be drawn is judged beside the other floors, and the run says why", async () => {
  const input = tf.input({ shape: [400, 1, 1] });
  const model = tf.model({
    inputs: input,
    outputs: tf.layers.globalMaxPooling2d({}).apply(input) as tf.SymbolicTensor,
  });
  const bytes = exportOnnx(model, {});
  await withFolder({ "loudest.onnx": bytes }, async (folder) => {
    const described = encoder({
      ...{ file: `${folder}/loudest.onnx`, sha256: hashBytes(bytes), licence: "MIT", sampleRate: 2000 },
      ...{ window: 400, step: 400, dimension: 1 },
    });
    const { floors, warnings } = await judgedBy(described);
    expect(Object.keys(floors)).toEqual(expect.arrayContaining(beside));
    expect(Object.keys(floors)).not.toContain("random-encoder");
    expect(warnings).toMatch(/floor of random weights is missing.*32 bits/);
  });
});
