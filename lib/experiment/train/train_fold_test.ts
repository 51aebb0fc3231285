import { expect } from "expect";
import { withFolder } from "../../datasets/fixtures/with_folder.ts";
import { loadDataset } from "../../datasets/mod.ts";
import { openEngine } from "../../engines/mod.ts";
import { planFolds } from "../../splits/mod.ts";
import { extractFeatures, labelledWindows, resolveExperiment } from "../mod.ts";
import { trainFold } from "./train_fold.ts";

Deno.test("trainFold() reads no window of the test part before weights, checkpoint, statistics and temperature are chosen", async () => {
  const names = Array.from({ length: 10 }, (_, i) => `${i % 2 ? "ill" : "healthy"}/${i}.wav`);
  const files = Object.fromEntries(names.map((name, i) => [name, { seconds: 1, seed: i + 1 }]));
  await withFolder(files, async (data) => {
    const experiment = resolveExperiment({
      ...{ name: "test/order", title: "A test", question: "?", dataset: { name: "folders", task: "labels" } },
      input: { preset: "pcg", seconds: 0.5, padding: "circular" },
      model: { kind: "cnn", filters: [4] },
      training: { epochs: 2, batchSize: 4 },
      evaluation: { protocol: { kind: "hold-out" } },
    });
    const manifest = await loadDataset("folders", { folder: data, task: "labels" });
    const [fold] = planFolds(manifest.rows, { kind: "hold-out", test: 0.3, validation: 0.3 }, { seed: 0 });
    const store = await extractFeatures(manifest, experiment.input, { cacheFolder: `${data}/features` });
    try {
      const windows = labelledWindows(store, manifest);
      const read: number[] = []; // rows, in the order in which they are looked at
      const watched = {
        ...windows,
        read: (window: number, into: Float32Array, offset: number) => {
          read.push(windows.rows[window]);
          windows.read(window, into, offset);
        },
      };
      const { engine } = await openEngine("ort", { threads: 1 });
      const context = {
        experiment,
        manifest,
        windows: watched,
        engine,
        threads: 1,
        checkpoints: `${data}/checkpoints`,
      };
      const trained = (await trainFold(fold, context))!;
      trained.model.dispose();
      const tested = new Set(fold.test);
      const first = read.findIndex((row) => tested.has(row));
      expect(read.length).toBeGreaterThan(first);
      expect(read.slice(first).every((row) => tested.has(row))).toBe(true);
      expect(new Set(read.slice(0, first))).toEqual(new Set([...fold.train, ...fold.validation]));
    } finally {
      store.close();
    }
  });
});
