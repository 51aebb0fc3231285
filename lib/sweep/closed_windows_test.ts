import { expect } from "expect";
import { loadDataset } from "../datasets/mod.ts";
import { type Engine, openEngine } from "../engines/mod.ts";
import { type ExperimentDescription, extractFeatures, labelledWindows, resolveExperiment } from "../experiment/mod.ts";
import { planFolds } from "../splits/mod.ts";
import { closedWindows } from "./trial_data.ts";
import { sweepProtocol, trialData, trySetting } from "./mod.ts";
import { smallExperiment, withHearts } from "./fixtures/small_experiment.ts";

const description: ExperimentDescription = {
  ...smallExperiment,
  model: { kind: "cnn", filters: [4], dropout: 0 },
  // A score without steps: of four recordings two trainings easily have the same AUC.
  evaluation: { protocol: { kind: "grouped-folds", folds: 3 }, monitor: "logLoss" },
};

const inFolder = (check: (folder: string) => Promise<void>) => withHearts({ subjects: 12, recordings: 1 }, check);

async function outerPart(folder: string) {
  const experiment = resolveExperiment(description);
  const manifest = await loadDataset("synthetic", { folder: `${folder}/data`, task: "murmur-2" });
  const folds = planFolds(manifest.rows, sweepProtocol(experiment.evaluation.protocol), { seed: 0 });
  return { experiment, manifest, folds };
}

Deno.test("sweepProtocol() keeps one test part for all folds of a trial", () =>
  inFolder(async (folder) => {
    const { folds } = await outerPart(folder);
    expect(folds.length).toBe(3);
    expect(new Set(folds.map(({ test }) => test.join())).size).toBe(1);
  }));

Deno.test("sweepProtocol() leaves a protocol as it is that has a test part", () => {
  for (const protocol of [{ kind: "hold-out" as const, test: 0.3 }, { kind: "official" as const }]) {
    expect(sweepProtocol(protocol)).toEqual(protocol);
  }
});

Deno.test("closedWindows() throws when a trial reads a window of the outer test part or asks for its rows", () =>
  inFolder(async (folder) => {
    const { experiment, manifest, folds } = await outerPart(folder);
    const store = await extractFeatures(manifest, experiment.input, { cacheFolder: `${folder}/features` });
    const open = labelledWindows(store, manifest);
    const closed = closedWindows(open, folds);
    const [{ train, validation, test }] = folds;
    const into = new Float32Array(open.frames * open.bands);
    for (const row of test) {
      expect(() => closed.of(Int32Array.of(row))).toThrow(/leave the outer test part alone .* row \d+/);
      for (const window of open.of(Int32Array.of(row))) {
        expect(() => closed.read(window, into, 0)).toThrow(/outer test part/);
        expect(closed.labels[window]).toBe(-1);
      }
    }
    for (const side of [train, validation]) expect(closed.of(side)).toEqual(open.of(side));
    store.close();
  }));

Deno.test("trySetting() gives the same value, to the last bit, whatever the outer test part sounds like", () =>
  inFolder(async (folder) => {
    const { engine } = await openEngine("ort", { threads: 1 });
    const before = await valueOf(folder, engine, "before");
    const { manifest, folds } = await outerPart(folder);
    const outer = new Set(Array.from(folds[0].test, (row) => manifest.rows[row].recording));
    for (const recording of outer) await turnAround(`${folder}/data/${recording}`);
    expect(outer.size).toBeGreaterThan(1);
    expect(await valueOf(folder, engine, "after")).toEqual(before);
    // The check can fail: what is not outer does count.
    const learned = new Set(manifest.rows.map(({ recording }) => recording)).difference(outer);
    for (const recording of learned) await turnAround(`${folder}/data/${recording}`);
    expect(await valueOf(folder, engine, "changed")).not.toEqual(before);
  }));

async function valueOf(folder: string, engine: Engine, name: string): Promise<number[]> {
  const reports: number[] = [];
  const data = trialData(`${folder}/data`, { seed: 0, cacheFolder: `${folder}/features` });
  const { value } = await trySetting({}, {
    ...{ description, assignments: [], data, engine, threads: 1, folder: `${folder}/${name}` },
    onReport(_step, reported) {
      reports.push(reported);
      return Promise.resolve();
    },
  });
  data.close();
  return [...reports, value];
}

/** Plays the 16-bit samples of a WAV file with a 44-byte header backwards. */
async function turnAround(path: string): Promise<void> {
  const bytes = await Deno.readFile(path);
  const samples = new Int16Array(bytes.slice(44, bytes.length - bytes.length % 2).buffer);
  bytes.set(new Uint8Array(samples.reverse().buffer), 44);
  await Deno.writeFile(path, bytes);
}
