import { join } from "node:path";
import { parseNotebook, renderNotebook } from "../../lib/notebook/mod.ts";
import { renderReport } from "../../lib/report/mod.ts";
import { writeFixtureRun } from "../../lib/report/fixture_run.ts";
import { float, int, oneOf } from "../../lib/experiment/mod.ts";
import { openJournalStorage } from "../../lib/sweep/mod.ts";
import { type FuzzTarget, requireFinite, WrongAnswer } from "./fuzz_target.ts";

/** Every file of a run folder, by the report that is made of them all. */
const runs: FuzzTarget = {
  name: "run folders",
  async prepare(folder) {
    const run = await writeFixtureRun(folder, { subjects: 12, examples: 2, seconds: 1 });
    await Deno.rename(run.folder, `${folder}/run`);
    const names: string[] = [];
    for (const below of ["", "model/"]) {
      for (const { name, isFile } of Deno.readDirSync(`${folder}/run/${below}`)) {
        if (isFile && /\.(json|csv)$/.test(name)) names.push(`run/${below}${name}`);
      }
    }
    return names.toSorted().map((name) => ({ name, bytes: Deno.readFileSync(`${folder}/${name}`), text: true }));
  },
  async read(folder) {
    const page = await Deno.readTextFile(await renderReport(`${folder}/run`));
    const words = page.replaceAll(/<script[^]*?<\/script>/g, "").replaceAll(/<[^>]*>/g, " ");
    // Words of the file itself may be anything; a figure may not.
    const wrong = words.match(/.{0,40}(\b(NaN|Infinity) ?(%|min|s|h|MB)\b|\[object Object\]|\bundefined\b).{0,20}/)
      ?.[0];
    if (wrong) throw new WrongAnswer(`a report that says "${wrong.trim()}"`);
  },
};

const notebooks: FuzzTarget = {
  name: "notebooks",
  prepare() {
    const folder = join(import.meta.dirname!, "..", "..", "notebooks");
    const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).filter((name) => name.endsWith(".ipynb"))
      .toSorted();
    return Promise.resolve(names.map((name) => ({ name, bytes: Deno.readFileSync(join(folder, name)), text: true })));
  },
  async read(folder, { name }) {
    const notebook = parseNotebook(await Deno.readTextFile(`${folder}/${name}`), name);
    const page = await renderNotebook(notebook, { title: name });
    if (/<meta[^>]*http-equiv=.?refresh/i.test(page)) throw new WrongAnswer("a page that leads elsewhere");
  },
};

/** A journal with a few trials. */
const journals: FuzzTarget = {
  name: "sweeps",
  async prepare(folder) {
    const path = `${folder}/study.jsonl`;
    const space = { "training.epochs": int(1, 9), "model.dropout": float(0, 0.6), "model.kind": oneOf("cnn", "crnn") };
    const storage = await openJournalStorage(path, { name: "study", direction: "maximize", space, experiment: "{}" });
    const params = { "training.epochs": 3, "model.dropout": 0.25, "model.kind": "crnn" };
    for (const value of [0.5, 0.75]) {
      const trial = await storage.claim({ worker: "w", limit: 9, isAbandoned: () => false, propose: () => params });
      await storage.finish(trial!, { state: "complete", value });
    }
    await storage.close();
    return [{ name: "study.jsonl", bytes: await Deno.readFile(path), text: true }];
  },
  async read(folder, { name }) {
    const storage = await openJournalStorage(`${folder}/${name}`, "study");
    try {
      const trials = await storage.trials();
      const values = trials.flatMap(({ value, params }) => [value ?? 0, params["model.dropout"] ?? 0]);
      requireFinite(values.filter((value) => typeof value === "number"), "a trial with");
    } finally {
      await storage.close();
    }
  },
};

export const runTargets = [runs, notebooks, journals];
