import { expect } from "expect";
import { fileURLToPath } from "node:url";
import { float, int } from "../../experiment/describe/search_space.ts";
import { openJournalStorage } from "./journal_storage.ts";
import golden from "../goldens/journal.json" with { type: "json" };
import { openJournalFile } from "./journal_file.ts";
import { journalReplay } from "./journal_replay.ts";
import { toOptunaDistribution } from "./optuna_distribution.ts";
import { claim, storageContract, study } from "./storage_contract_fixture.ts";

const journal = fileURLToPath(new URL("../goldens/journal.jsonl", import.meta.url));

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

async function inJournal(check: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await check(`${folder}/study.jsonl`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (const { name, check } of storageContract) {
  Deno.test(`openJournalStorage() ${name}`, () =>
    inJournal((path) => check((study, options) => openJournalStorage(path, study, options))));
}

Deno.test("openJournalStorage() refuses a journal of Optuna under the study's name, and says what it holds", () =>
  inJournal(async (path) => {
    await Deno.copyFile(journal, path);
    const golden = { ...study, name: "golden" };
    const says =
      /study "golden" to be this one .*another program made: it is to maximize, searches lr, n_mels.* has 6 trials/;
    await expect(openJournalStorage(path, golden)).rejects.toThrow(says);
    await expect(openJournalStorage(path, "golden")).rejects.toThrow(/another program made/);
    const own = await openJournalStorage(path, study); // beside it there is room for another one
    expect((await own.claim({ ...claim, worker: "one" }))!.number).toBe(0);
    await own.close();
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
