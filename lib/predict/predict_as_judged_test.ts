// A colleague's own recordings, judged by `deno task evaluate` and predicted by `deno task predict`.
import { expect } from "expect";
import { type TestFile, withFolder } from "../datasets/fixtures/with_folder.ts";
import type { Aggregation } from "../decision/mod.ts";
import { evaluateBundle, type ExperimentDescription, resolveExperiment, runExperiment } from "../experiment/mod.ts";
import { type Run, sealBundle } from "../runs/mod.ts";
import { loadBundle, predictFiles } from "./mod.ts";

const described: ExperimentDescription = {
  ...{ name: "test/judged", title: "A test", question: "?", dataset: { name: "csv", task: "labels" } },
  input: { preset: "pcg", seconds: 0.5, padding: "circular" },
  model: { kind: "cnn", filters: [4] },
  training: { epochs: 1, batchSize: 8 },
  evaluation: { protocol: { kind: "grouped-folds", folds: 2 }, resamples: 100 },
};
const experiment = resolveExperiment(described);

/** Noises of 2.2 s, which are five windows each, and the table that names them. */
function noises(count: number, from: number): Record<string, TestFile> {
  const rows = Array.from({ length: count }, (_, i) => `${from + i}.wav,p${from + i},${i % 2 ? "murmur" : "normal"}\n`);
  const sounds = rows.map((_, i): [string, TestFile] => [`${from + i}.wav`, { seconds: 2.2, seed: from + i }]);
  return { "manifest.csv": `path,subject,label\n${rows.join("")}`, ...Object.fromEntries(sounds) };
}

Deno.test("predictFiles() tells the probabilities and the class that evaluate judges, whatever rule joins the windows", async () => {
  await withFolder(noises(12, 1), (data) =>
    withFolder(noises(4, 101), async (other) => {
      const places = { cacheFolder: `${data}/features`, threads: 1 };
      const { run } = await runExperiment(experiment, {
        ...{ ...places, data, out: `${data}/results`, engine: "ort", command: "test" },
      });
      const trained = await run.bundle();
      // All twelve are learned from in one fold or the other; copies of them are known, and none of the others.
      const { parts } = await run.metrics();
      expect(trained.worth).toMatchObject({ score: "balancedAccuracy", unit: "item", n: 12 });
      expect(trained.worth!.value).toBe(parts.test.pooled.item!.balancedAccuracy.value);
      // A recording a subject: all that stand in the training part of a fold.
      const learned = new Set((await run.splits()).folds.flatMap(({ train }) => train));
      expect(Object.values(trained.trainedOn).reduce((sum, count) => sum + count, 0)).toBe(learned.size);
      expect(trained.mostWindows).toBe(5);
      expect(Object.keys(trained.files!)).toContain("pipeline.onnx");
      const whole = await loadBundle(run.folder);
      const names = [`${data}/1.wav`, `${data}/12.wav`, `${other}/101.wav`];
      const known = await Array.fromAsync(predictFiles(whole, names, { evenPoor: true }), (one) =>
        "known" in one && one.known);
      expect([known, whole.warnings]).toEqual([[true, true, false], []]);
      await whole.dispose();
      const rules: Aggregation[] = ["mean", "max", "noisy-or", "any-positive", { kind: "learned", exponent: 3 }];
      for (const aggregation of rules) {
        await sealBundle(run, { ...trained, decision: { ...trained.decision, aggregation } });
        const out = await evaluateBundle(run, { ...places, data: other, out: `${other}/judged` });
        await predictsAsJudged(run, out, other);
      }
      const splits = await run.readText("splits.json");
      await run.write("splits.json", splits.replace('"p1"', '"p99"'));
      await expect(evaluateBundle(run, { ...places, data: other, out: `${other}/judged` }))
        .rejects.toThrow(/splits\.json as the run wrote it/);
    }));
});

Deno.test("predictFiles() hears at other speeds and through devices as the run did, and its timeline is of the sound as it is", async () => {
  const average = { speeds: [0.8, 1.25], responses: 2 };
  const calibrated = { average, calibration: "isotonic", coverage: 0.75 } as const;
  const averaged = resolveExperiment({ ...described, evaluation: { ...described.evaluation, ...calibrated } });
  await withFolder(noises(12, 1), (data) =>
    withFolder(noises(4, 101), async (other) => {
      const places = { cacheFolder: `${data}/features`, threads: 1 };
      const { run } = await runExperiment(averaged, {
        ...{ ...places, data, out: `${data}/results`, engine: "ort", command: "test" },
      });
      const bundle = await run.bundle();
      expect(bundle.average).toEqual(average);
      expect(bundle.decision).toMatchObject({ temperature: 1, isotonic: { x: expect.any(Array) } });
      expect(bundle.decision.unsureBelow).toBeGreaterThan(0.5);
      const said = (await run.inside("folds", "0").predictions()).predictions;
      const windows = Map.groupBy(said, ({ recording }) => recording).values().next().value!;
      // 2.2 s in windows of .5 s: five as it is and through each device, six where it lasts 2.75 s, four where it lasts 1.76 s.
      expect(windows.map(({ window }) => window)).toEqual(Array.from({ length: 25 }, (_, i) => i));
      const out = await evaluateBundle(run, { ...places, data: other, out: `${other}/judged` });
      await predictsAsJudged(run, out, other);
      const bare = await evaluateBundle(run, {
        ...{ ...places, data: other, out: `${other}/bare`, average: { speeds: [1], responses: 0 } },
      });
      const [with_, without] = await Promise.all(
        [out, bare].map(async (one) => (await one.predictions()).predictions[0]),
      );
      expect(with_.probabilities).not.toEqual(without.probabilities);
    }));
});

/** What `predict` says of each recording is what `evaluate` judged. */
async function predictsAsJudged(run: Run, out: Run, folder: string): Promise<void> {
  const judged = (await out.predictions()).predictions;
  const loaded = await loadBundle(run.folder);
  const files = judged.map(({ recording }) => `${folder}/${recording}`);
  const predicted = await Array.fromAsync(predictFiles(loaded, files, { evenPoor: true }));
  await loaded.dispose();
  expect(judged.length).toBe(4);
  predicted.forEach((one, i) => {
    if (one.error !== undefined) throw new Error(one.error);
    expect([one.timeline.length, one.label]).toEqual([5, judged[i].predicted]);
    one.probabilities!.forEach((p, c) => expect(p).toBeCloseTo(judged[i].probabilities[c], 5));
  });
}
