import { expect } from "expect";
import { float, int, oneOf } from "../../experiment/search_space.ts";
import { openJournalStorage, type StudyDescription } from "../mod.ts";
import golden from "../goldens/journal.json" with { type: "json" };
import { openJournalFile } from "./journal_file.ts";
import { journalReplay } from "./journal_replay.ts";
import { toOptunaDistribution } from "./optuna_distribution.ts";

const journal = new URL("../goldens/journal.jsonl", import.meta.url).pathname;

async function replayed(text: string) {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeTextFile(path, text);
    const file = await openJournalFile(path);
    const replay = journalReplay();
    for (const record of await file.read()) replay.apply(record);
    file.close();
    return replay;
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("journalReplay() reads a journal of Optuna 5.0.0 as Optuna does", async () => {
  const replay = await replayed(await Deno.readTextFile(journal));
  const [study] = replay.studies.values();
  expect(study.name).toBe(golden.study.name);
  expect(study.directions).toEqual([2]);
  expect(study.userAttributes).toEqual(golden.study.user_attrs);
  const number = (value: unknown) => value === "NaN" ? NaN : value as number;
  golden.trials.forEach((expected, i) => {
    const trial = study.trials[i];
    expect(trial.number).toBe(expected.number);
    expect(trial.state.toUpperCase()).toBe(expected.state);
    expect(trial.value).toBe(expected.value);
    expect(trial.params).toEqual(expected.params);
    const steps = Object.entries(expected.intermediate_values).map(([step, value]) => [Number(step), number(value)]);
    expect([...trial.intermediate]).toEqual(steps);
    expect(trial.startedAt !== null).toBe(expected.has_start);
    expect(trial.finishedAt !== null).toBe(expected.has_complete);
  });
});

Deno.test("openJournalFile() leaves out a torn last line, as Optuna does", async () => {
  const text = await Deno.readTextFile(journal);
  const lines = text.trimEnd().split("\n");
  const torn = lines.slice(0, -1).join("\n") + "\n" + lines.at(-1)!.slice(0, 40);
  const unended = text.trimEnd(); // valid JSON, but without its line end
  for (const damaged of [torn, unended]) {
    const [study] = (await replayed(damaged)).studies.values();
    const { trials, intermediate_values_of_last_trial } = golden.robustness_what_optuna_does.torn_last_line;
    expect(study.trials.map((trial) => trial.state.toUpperCase())).toEqual(trials);
    expect(study.trials.at(-1)!.intermediate.size).toBe(intermediate_values_of_last_trial);
  }
  await expect(replayed(lines[0] + "\n{broken\n" + lines[1] + "\n")).rejects.toThrow(/line 2/);
  expect((await replayed(lines.join("\r\n") + "\r\n\r\n")).trials.size).toBe(golden.trials.length);
});

Deno.test("toOptunaDistribution() writes what Optuna writes", () => {
  const [floatLog, intStep, floatStep] = golden.distributions.map(({ json }) => json);
  expect(JSON.parse(toOptunaDistribution(float(1e-5, 0.1, { log: true })))).toEqual(floatLog);
  expect(JSON.parse(toOptunaDistribution(int(32, 128, { step: 32 })))).toEqual(intStep);
  expect(JSON.parse(toOptunaDistribution(float(0, 0.5, { step: 0.05 })))).toEqual(floatStep);
  expect(toOptunaDistribution(float(0, 0.5))).toContain('"low":0.0');
});

const study: StudyDescription = {
  name: "test",
  direction: "maximize",
  space: { rate: float(0, 1), kind: oneOf("a", "b") },
  experiment: "{}",
};
const claim = { limit: 3, isAbandoned: () => false, propose: (_: unknown, n: number) => ({ rate: n / 10, kind: "a" }) };

async function inJournal(check: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await check(`${folder}/study.jsonl`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("openJournalStorage() gives each trial to one worker and no more than the limit", () =>
  inJournal(async (path) => {
    const [one, two] = [await openJournalStorage(path, study), await openJournalStorage(path, study)];
    const claims = await Promise.all([one, two, one, two].map((s, i) => s.claim({ ...claim, worker: `w${i}` })));
    expect(claims.map((trial) => trial?.number ?? null).toSorted()).toEqual([0, 1, 2, null]);
    expect(claims.find((trial) => trial?.number === 2)!.params).toEqual({ rate: 0.2, kind: "a" });
    expect((await two.trials()).map(({ state }) => state)).toEqual(["running", "running", "running"]);
    await Promise.all([one.close(), two.close()]);
  }));

Deno.test("openJournalStorage() hands an abandoned trial to one other; the first owner is told and can't end it", () =>
  inJournal(async (path) => {
    const [one, two] = [await openJournalStorage(path, study), await openJournalStorage(path, study)];
    const trial = (await one.claim({ ...claim, worker: "one" }))!;
    expect(await one.report(trial, { step: 0, value: 0.5, rungs: new Map([[0, 0.5]]) })).toBe(true);
    expect(await one.beat(trial)).toBe(true);
    const taken = (await two.claim({ ...claim, worker: "two", isAbandoned: ({ beats }) => beats === 1 }))!;
    expect([taken.id, taken.worker, taken.params]).toEqual([trial.id, "two", trial.params]);
    expect([...taken.rungs]).toEqual([[0, 0.5]]);
    expect(await one.beat(trial)).toBe(false);
    expect(await one.finish(trial, { state: "complete", value: 1 })).toBe(false);
    expect(await two.finish(taken, { state: "complete", value: 0.7, notes: { why: "done" } })).toBe(true);
    expect(await two.finish(taken, { state: "fail", value: null })).toBe(false);
    const [stored] = await one.trials();
    expect([stored.state, stored.value, stored.notes.why]).toEqual(["complete", 0.7, "done"]);
    await Promise.all([one.close(), two.close()]);
  }));

Deno.test("openJournalStorage() serves settings in line first and takes back what was released", () =>
  inJournal(async (path) => {
    const storage = await openJournalStorage(path, study);
    await storage.enqueue({ kind: "b" });
    const first = (await storage.claim({ ...claim, worker: "one" }))!;
    expect(first.params).toEqual({ rate: 0, kind: "b" });
    await storage.release(first);
    expect((await storage.claim({ ...claim, worker: "two" }))!.id).toBe(first.id);
    await storage.note("slurm", "17");
    expect(await storage.notes()).toEqual({ slurm: "17" });
    await storage.close();
  }));

Deno.test("openJournalStorage() refuses a study of the same name with another space, and names the difference", () =>
  inJournal(async (path) => {
    await (await openJournalStorage(path, study)).close();
    const other = { ...study, space: { ...study.space, rate: float(0, 2) } };
    await expect(openJournalStorage(path, other)).rejects.toThrow(/rate .*"high":1.* not .*"high":2/);
    await (await openJournalStorage(path, { ...other, name: "second" })).close();
  }));

Deno.test("openJournalStorage() cuts a torn line before it writes", () =>
  inJournal(async (path) => {
    await (await openJournalStorage(path, study)).close();
    await Deno.writeTextFile(path, '{"op_code":4,"study', { append: true });
    const storage = await openJournalStorage(path, study);
    await storage.claim({ ...claim, worker: "one" });
    expect((await storage.trials()).length).toBe(1);
    for (const line of (await Deno.readTextFile(path)).trimEnd().split("\n")) JSON.parse(line);
    await storage.close();
  }));
