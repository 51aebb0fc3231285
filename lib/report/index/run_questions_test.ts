import { expect } from "expect";
import type { RunConfig } from "../../runs/mod.ts";
import type { IndexedRun } from "./find_runs.ts";
import { runQuestions } from "./run_questions.ts";

const SCORE = { value: 0.7, low: 0.6, high: 0.8, level: 0.95, n: 9, unit: "item", floor: 0.5, floors: {} } as const;

function run(
  folder: string,
  settings: Record<string, unknown>,
  { task = "events", scores = ["accuracy"] } = {},
): IndexedRun {
  return {
    folder,
    config: {
      name: "lung/one",
      experiment: {
        name: "lung/one",
        title: folder,
        space: { [folder]: 1 },
        evaluation: { scores: ["sprsound-1-2"] },
        ...settings,
      },
      seeds: [1],
      engine: { name: "ort", threads: 1 },
    } as unknown as RunConfig,
    status: null,
    data: { dataset: "fixture", task } as unknown as IndexedRun["data"],
    part: "test",
    scores: Object.fromEntries(scores.map((name) => [name, SCORE])),
    judged: null,
    external: [],
    curve: [],
    report: false,
    notes: { star: false, tags: [] },
  };
}

Deno.test("runQuestions() puts runs together that asked the same of the same data, and leaves out those without a score", () => {
  const runs = [run("a", {}), run("b", {}, { task: "records" }), run("c", {}), run("d", {}, { scores: [] })];
  const questions = runQuestions(runs);
  expect(questions.map(({ name, runs }) => [name, runs.map(({ run }) => run.folder)])).toEqual([
    ["fixture, events, part test", ["a", "c"]],
    ["fixture, records, part test", ["b"]],
  ]);
});

Deno.test("runQuestions() begins with the score that the experiment is read by, and ends with those of classes", () => {
  const scores = ["recall/Wheeze", "logLoss", "accuracy", "sprsound-1-2"];
  expect(runQuestions([run("a", {}, { scores })])[0].scores.map(({ id }) => id)).toEqual([
    ...["sprsound-1-2", "logLoss", "accuracy", "recall/Wheeze"],
  ]);
});

Deno.test("runQuestions() says what each run changed since the one before it, and nothing of titles and search spaces", () => {
  const runs = [
    run("third", { model: { dropout: 0.123456 }, training: { epochs: 20, augment: [{ kind: "mixup", alpha: 1 }] } }),
    run("second", { model: { dropout: 0.3 }, training: { epochs: 12, augment: [] } }),
    run("first", { model: { dropout: 0.3 }, training: { epochs: 12, augment: [] } }),
  ];
  expect(runQuestions(runs)[0].runs.map(({ run, changes }) => ({ folder: run.folder, changes }))).toEqual([
    {
      folder: "third",
      // The alpha of mixup comes with mixup.
      changes: ["dropout 0.3 → 0.1235", "augmentation 1 not set → mixup", "epochs 12 → 20"],
    },
    { folder: "second", changes: [] },
    { folder: "first", changes: null },
  ]);
});

Deno.test("runQuestions() names the settings that can't be told apart, and puts what shapes the network first", () => {
  const runs = [[0.1, 20, 7, 1], [0.1, 20, 8, 2], [0.3, 12, 9, 2]].map(([dropout, epochs, resamples, batchSize], i) =>
    run(`${i}`, { model: { dropout }, training: { epochs, batchSize }, evaluation: { scores: [], resamples } })
  );
  const settings = runQuestions(runs)[0].settings;
  expect(settings.map(({ label, together }) => [label, together])).toEqual([
    ["dropout", ["epochs"]],
    ["batch size", []],
    ["epochs", ["dropout"]],
    ["bootstrap resamples", []],
  ]);
  expect(settings[0].values).toEqual({ 0: "0.1", 1: "0.1", 2: "0.3" });
});
