import { expect } from "expect";
import { join } from "node:path";
import { withFolder } from "../../datasets/fixtures/with_folder.ts";
import { loadModel } from "../../runs/mod.ts";
import { itemEmbeddings, resolveExperiment, runExperiment } from "../mod.ts";

Deno.test("itemEmbeddings() gives what the last layer makes the probabilities of", async () => {
  const names = Array.from({ length: 16 }, (_, i) => `${i + 10}.wav`);
  const rows = names.map((name, i) => `${name},p${i},${i % 2 ? "wheeze" : "normal"}\n`);
  const sounds = Object.fromEntries(names.map((name, i) => [name, { seconds: 1, seed: i + 1 }]));
  await withFolder({ ...sounds, "manifest.csv": `path,subject,label\n${rows.join("")}` }, async (data) => {
    const experiment = resolveExperiment({
      ...{ name: "test", title: "A test", question: "?", dataset: { name: "csv", task: "labels" } },
      input: { preset: "pcg", seconds: 0.5, padding: "circular" },
      model: { kind: "cnn", filters: [3] },
      training: { epochs: 1, batchSize: 16 },
      evaluation: { protocol: { kind: "grouped-folds", folds: 2 }, resamples: 100 },
    });
    const places = { cacheFolder: `${data}/features`, out: `${data}/results`, threads: 1 };
    const { run } = await runExperiment(experiment, { ...places, data, engine: "ort", command: "test" });
    const items = await itemEmbeddings(run, places) as ({ recording: string; fold: number } & Record<string, number>)[];
    expect(items.map(({ recording }) => recording).sort()).toEqual(names);
    const { members } = await run.bundle();
    for (const [index, { model: file, temperature }] of members.entries()) {
      const model = await loadModel(join(run.path("model"), file));
      const [kernel, bias] = model.layers.at(-1)!.getWeights().map((weight) => weight.arraySync()) as [
        number[][],
        number[],
      ];
      const { predictions } = await run.inside("folds", `${index}`).predictions();
      for (const item of items.filter(({ fold }) => fold === index)) {
        // The last layer is linear, and so is the mean over an item's windows.
        const margin = kernel.reduce((sum, [no, yes], i) => sum + (yes - no) * item[`e${i}`], bias[1] - bias[0]);
        const windows = predictions.filter(({ recording, part }) => recording === item.recording && part === "test");
        const margins = windows.map(({ probabilities: [no, yes] }) => temperature * Math.log(yes / no));
        expect(windows.length).toBeGreaterThan(1);
        // Weights and sums of 32 bits on both sides.
        expect(margin).toBeCloseTo(margins.reduce((a, b) => a + b) / margins.length, 5);
      }
    }
  });
});
