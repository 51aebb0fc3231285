import { expect } from "expect";
import { generateSynthetic, loadDataset } from "../datasets/mod.ts";
import { formatVerdicts, itemKey } from "../listening/mod.ts";
import { runStatus } from "../runs/mod.ts";
import { type ExperimentDescription, resolveExperiment, runExperiment, type RunExperimentOptions } from "./mod.ts";

const description: ExperimentDescription = {
  name: "test/murmur",
  title: "A test",
  question: "Is there a murmur?",
  dataset: { name: "synthetic", task: "murmur-2" },
  input: { preset: "pcg", seconds: 2.5, padding: "circular" },
  model: { kind: "cnn", filters: [4, 4], dropout: 0.2 },
  training: { epochs: 3, batchSize: 16, augment: ["time-shift", "spec-augment"] },
  evaluation: { protocol: { kind: "grouped-folds", folds: 2 }, scores: ["cinc2016"], resamples: 100 },
  budgets: { short: ["training.epochs=1"] },
};

/** A dataset of 12 hearts and a place for runs, removed afterwards. */
async function inFolder(
  check: (run: (more?: Partial<RunExperimentOptions>, sets?: string[]) => Run, data: string) => Promise<void>,
) {
  const folder = await Deno.makeTempDir();
  const data = `${folder}/data`;
  await generateSynthetic(data, { kind: "heart", subjects: 12, recordings: 3, unusable: 0.1 });
  const run = (more: Partial<RunExperimentOptions> = {}, sets: string[] = []) =>
    runExperiment(resolveExperiment(description, sets), {
      ...{
        data,
        out: `${folder}/results`,
        cacheFolder: `${folder}/features`,
        command: "test",
        engine: "ort",
        threads: 1,
      },
      ...more,
    });
  try {
    await check(run, data);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
type Run = ReturnType<typeof runExperiment>;

Deno.test("runExperiment() repeats itself to the byte, also when it was stopped and resumed in the middle", async () => {
  await inFolder(async (runIt) => {
    const whole = await runIt();
    expect(whole.complete).toBe(true);

    const controller = new AbortController();
    let steps = 0;
    const stopAt = { onStep: () => void (++steps === 5 && controller.abort()) };
    const stopped = await runIt({ signal: controller.signal, callbacks: [stopAt] });
    expect(stopped.complete).toBe(false);
    expect((await stopped.run.readJson("status.json", runStatus)).state).toBe("stopped");
    const resumed = await runIt({ resume: true });
    expect(resumed.run.folder).toBe(stopped.run.folder);

    const predictions = await whole.run.readText("predictions.csv");
    expect(await resumed.run.readText("predictions.csv")).toBe(predictions);
    // A complete run without its report or its crate lacks only that; with both, it isn't resumed.
    const status = await resumed.run.readText("status.json");
    expect((await runIt({ resume: true })).run.folder).toBe(resumed.run.folder);
    await resumed.run.write("report.html", "");
    await Deno.writeTextFile(resumed.run.path("ro-crate-metadata.json.12345678.tmp"), "{");
    expect((await runIt({ resume: true })).run.folder).toBe(resumed.run.folder);
    expect(await resumed.run.has("ro-crate-metadata.json.12345678.tmp")).toBe(false);
    expect(await resumed.run.readText("status.json")).toBe(status);
    for (const { run } of [whole, resumed]) {
      for (const name of ["report.html", "ro-crate-metadata.json"]) await run.write(name, "");
    }
    expect([whole.run.folder, resumed.run.folder]).not.toContain((await runIt({ resume: true })).run.folder);
    for (const name of ["config", "environment", "data", "splits", "metrics", "status", "model/bundle"]) {
      expect(await whole.run.has(`${name}.json`)).toBe(true);
    }
    expect(await whole.run.has("model/model.weights.bin")).toBe(true);
    expect(await whole.run.has("checkpoints")).toBe(false);
  });
});

Deno.test("runExperiment() goes on with a run of another engine only where that is said, and writes it down", async () => {
  await inFolder(async (runIt) => {
    const controller = new AbortController();
    let epochs = 0;
    const stopAt = { onEpochEnd: () => void (++epochs === 4 && controller.abort()) };
    const { run } = await runIt({ threads: 2, signal: controller.signal, callbacks: [stopAt] });
    const other = await runIt({ resume: true });
    expect(other.run.folder).not.toBe(run.folder);
    for (const name of ["report.html", "ro-crate-metadata.json"]) await other.run.write(name, "");
    const resumed = await runIt({ resume: true, otherEngine: true });
    expect([resumed.run.folder, resumed.complete]).toEqual([run.folder, true]);
    const { engine } = await run.config(), { engineChanges } = await run.status();
    expect(engineChanges).toMatchObject([{ network: 1, after: 1, name: "ort", threads: 1 }]);
    // `auto` goes on with the engine that a run began with.
    const begun = { engine: "auto", threads: 2, resume: true } as const;
    await run.save("status", { ...await run.status(), state: "stopped" });
    expect((await runIt(begun)).run.folder).toBe(run.folder);
    expect(engine.threads).toBe(2);
  });
});

Deno.test("runExperiment() lists a bad recording and goes on with the others", async () => {
  await inFolder(async (runIt, data) => {
    const [first] = [...Deno.readDirSync(`${data}/recordings`)].map(({ name }) => name).toSorted();
    const bytes = await Deno.readFile(`${data}/recordings/${first}`);
    await Deno.writeFile(`${data}/recordings/${first}`, bytes.subarray(0, 5000));
    const { run, complete } = await runIt();
    expect(complete).toBe(true);
    const { passedOver } = JSON.parse(await run.readText("data.json"));
    const named = passedOver.filter(({ path }: { path: string }) => path.includes(first));
    expect(named.length).toBe(1);
    expect(named[0].reason).toContain("truncated");
  });
});

Deno.test("runExperiment() learns from and is judged by listeners' labels, and keeps those that were given", async () => {
  await inFolder(async (runIt, data) => {
    const { rows } = await loadDataset("synthetic", { folder: data, task: "murmur-2" });
    const heard = rows.filter(({ label }) => label === "healthy").slice(0, 2), [first] = heard;
    const verdicts = `${data}/verdicts.csv`, other = "murmur";
    await Deno.writeTextFile(
      verdicts,
      formatVerdicts(heard.map((row) => ({
        ...{ item: itemKey(row), rater: "Ada", queue: "random", label: row.label, verdict: other, certainty: "likely" },
        ...{ blind: true, events: [], remark: "", seconds: 3, time: "2026-05-01T10:00:00.000Z" },
      }))),
    );
    const { run } = await runIt({}, [
      `dataset.labels={"verdicts":["${verdicts}"],"from":"majority","soft":true}`,
      "evaluation.monitor=accuracy", // so few may all be of one class on a side
    ]);
    const { labels } = await run.data();
    expect(labels).toMatchObject({ from: "majority", soft: true, decided: heard.length, changed: heard.length });
    const kept = await run.labels();
    expect(kept.map(({ recording, given, used }) => [recording, given, used]))
      .toEqual(heard.map(({ recording, label }) => [recording, label, other]));
    const { predictions } = await run.predictions();
    const judged = predictions.filter(({ recording }) => recording === first.recording);
    expect(new Set(judged.map(({ label }) => label))).toEqual(new Set([other]));
  });
});

Deno.test("resolveExperiment() applies a budget, then --set, and names an unknown key or value", () => {
  expect(resolveExperiment(description, ["budget=short"]).training.epochs).toBe(1);
  expect(resolveExperiment(description, ["training.epochs=9", "budget=short"]).training.epochs).toBe(9);
  expect(() => resolveExperiment(description, ["budget=long"])).toThrow(/one of the budgets short but found "long"/);
  expect(() => resolveExperiment(description, ["training.epoch=5"])).toThrow(
    /keys epochs, batchSize.* found "epoch" in training/,
  );
  expect(() => resolveExperiment(description, ["evaluation.protocol.kind=leave-one-source-out"])).toThrow(
    /keys kind, validation, inner, seeds but found "folds" in .*: set the whole of it: --set 'evaluation\.protocol=\{"kind":"leave/,
  );
  expect(() => resolveExperiment(description, ["input.preset=mel"])).toThrow(/input\.preset/);
  expect(() => resolveExperiment(description, ["evaluation.monitor=5"])).toThrow(/evaluation\.monitor/);
  // What may be left out is a key like the others; a score is known before anything is read.
  expect(() => resolveExperiment(description, ["training.patence=5"])).toThrow(/augment, patience, .*ema but found/);
  for (const score of ["sprsound", "constructor"]) {
    expect(() => resolveExperiment(description, [`evaluation.scores=["${score}"]`])).toThrow(
      /one of .*"sprsound-1-1"\|.*\|"icbhi-2".* but found "\w+" in evaluation\.scores/,
    );
  }
  expect(() => resolveExperiment(description, ["budget=constructor"])).toThrow(/one of the budgets short/);
});

Deno.test("resolveExperiment() changes one value of what stands there by default", () => {
  const { training } = resolveExperiment(description, ["training.optimizer.learningRate=0.01"]);
  expect(training.optimizer).toMatchObject({ kind: "adam", learningRate: 0.01, beta2: 0.999 });
});
