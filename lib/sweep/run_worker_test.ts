import { expect } from "expect";
import { openEngine } from "../engines/mod.ts";
import { type ExperimentDescription, float, int, oneOf } from "../experiment/mod.ts";
import {
  gridLeft,
  gridSampler,
  medianPruner,
  openJournalStorage,
  randomSampler,
  runWorker,
  type StudyDescription,
  trialData,
  trySetting,
} from "./mod.ts";
import { smallExperiment, withHearts } from "./fixtures/small_experiment.ts";

const description: ExperimentDescription = {
  ...smallExperiment,
  space: { "training.optimizer.learningRate": float(1e-3, 1e-2, { log: true }) },
};
const study: StudyDescription = { name: "test", direction: "maximize", space: {}, experiment: "{}" };

const inFolder = (check: (folder: string) => Promise<void>) => withHearts({ subjects: 10, recordings: 2 }, check);

async function worker(
  folder: string,
  more: { name: string; assignments?: string[]; signal?: AbortSignal; limit?: number },
) {
  const storage = await openJournalStorage(`${folder}/study.jsonl`, study);
  const { engine } = await openEngine("ort", { threads: 1 });
  const { name, limit = 3, assignments = [], signal } = more;
  const data = trialData(`${folder}/data`, { seed: 0, cacheFolder: `${folder}/features` });
  try {
    const ended = await runWorker({
      ...{ storage, worker: name, sampler: randomSampler, pruner: medianPruner(), limit, seed: 0, studyFolder: folder },
      attempt: (params, options) =>
        trySetting(params, { description, assignments, data, engine, threads: 1, ...options }),
      ...{ signal, abandonedSeconds: 1 },
    });
    return { ended, trials: await storage.trials() };
  } finally {
    data.close();
    await storage.close();
  }
}

Deno.test("runWorker() of two workers ends every trial exactly once, with its reports", () =>
  inFolder(async (folder) => {
    const [one, two] = await Promise.all([worker(folder, { name: "one" }), worker(folder, { name: "two" })]);
    expect([one.ended, two.ended]).toEqual(["done", "done"]);
    const trials = one.trials.length >= two.trials.length ? one.trials : two.trials;
    expect(trials.map(({ number }) => number)).toEqual([0, 1, 2]);
    const ends = (await Deno.readTextFile(`${folder}/study.jsonl`)).split("\n").filter((line) =>
      line.includes('"op_code":6')
    );
    expect(ends.length).toBe(3);
    for (const { intermediate, value } of trials) expect([...intermediate.values()].at(-1)).toBe(value);
  }));

Deno.test("runWorker() takes over the trial of a worker that gives no sign of life", () =>
  inFolder(async (folder) => {
    const storage = await openJournalStorage(`${folder}/study.jsonl`, study);
    await storage.claim({ worker: "dead", limit: 1, isAbandoned: () => false, propose: () => ({}) });
    const { ended, trials } = await worker(folder, { name: "heir", limit: 1 });
    expect(ended).toBe("done");
    expect(trials.map(({ state, worker }) => [state, worker])).toEqual([["complete", "heir"]]);
    await storage.close();
  }));

Deno.test("runWorker() gives its trial back when it is stopped, and another ends it with the value of an unstopped one", () =>
  inFolder(async (folder) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 300);
    const stopped = await worker(folder, { name: "one", limit: 1, signal: controller.signal });
    expect(["stopped", "done"]).toContain(stopped.ended);
    const { trials: [resumed] } = await worker(folder, { name: "two", limit: 1 });
    expect(resumed.state).toBe("complete");
    await Deno.remove(`${folder}/study.jsonl`);
    const { trials: [whole] } = await worker(folder, { name: "three", limit: 1 });
    expect(resumed.value).toBe(whole.value);
  }));

Deno.test("runWorker() notes why a trial failed, and three failures in a row end it", () =>
  inFolder(async (folder) => {
    const broken = worker(folder, { name: "one", limit: 9, assignments: ["evaluation.monitor=nothing"] });
    await expect(broken).rejects.toThrow(/3 in a row that failed, the last with ".*"nothing" in evaluation\.monitor/);
  }));

Deno.test("runWorker() goes on where trainings diverge, as Optuna does, and notes why each did", () =>
  inFolder(async (folder) => {
    const wild = ['training.optimizer={"kind":"sgd","learningRate":1e30}'];
    const { ended, trials } = await worker(folder, { name: "one", limit: 5, assignments: wild });
    expect([ended, trials.map(({ state }) => state)]).toEqual(["done", Array(5).fill("fail")]);
    for (const { notes } of trials) expect(notes.error).toMatch(/a loss that is a number .* learning rate 1e\+30/);
  }));

Deno.test("runWorker() ends when a grid is done, without waiting for a trial of another program", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/study.jsonl`;
    const space = { a: oneOf("x", "y"), b: int(1, 3, { when: { a: ["y"] } }) };
    const storage = await openJournalStorage(path, { ...study, space });
    const asked = { op_code: 4, worker_id: "python", study_id: 0, datetime_start: "2026-01-02T03:04:05" };
    await Deno.writeTextFile(path, JSON.stringify(asked) + "\n", { append: true });
    const tried: unknown[] = [];
    const work = (name: string, from: typeof storage) =>
      runWorker({
        ...{ storage: from, worker: name, sampler: gridSampler, pruner: medianPruner(), limit: 40, seed: 0 },
        ...{ studyFolder: folder, left: (trials) => gridLeft(space, trials) },
        attempt(params) {
          tried.push(params);
          return Promise.resolve({ state: "complete", value: tried.length });
        },
      });
    const second = await openJournalStorage(path, study.name);
    expect(await Promise.all([work("one", storage), work("two", second)])).toEqual(["done", "done"]);
    expect(new Set(tried.map((params) => JSON.stringify(params)))).toEqual(
      new Set([{ a: "x" }, { a: "y", b: 1 }, { a: "y", b: 2 }, { a: "y", b: 3 }].map((one) => JSON.stringify(one))),
    );
    expect(tried.length).toBe(4);
    await Promise.all([storage.close(), second.close()]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
