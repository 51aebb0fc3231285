import { join } from "node:path";
import { parseNotebook, renderNotebook } from "../../lib/notebook/mod.ts";
import { renderReport } from "../../lib/report/mod.ts";
import { writeFixtureRun } from "../../lib/report/fixture_run.ts";
import { openJournalStorage } from "../../lib/sweep/mod.ts";
import { type FuzzTarget, WrongAnswer } from "./fuzz_target.ts";

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

const journals: FuzzTarget = {
  name: "sweeps",
  prepare() {
    const path = join(import.meta.dirname!, "..", "..", "lib", "sweep", "goldens", "journal.jsonl");
    return Promise.resolve([{ name: "study.jsonl", bytes: Deno.readFileSync(path), text: true }]);
  },
  async read(folder, { name }) {
    const path = `${folder}/${name}`;
    const study = (await Deno.readTextFile(path)).match(/"study_name": ?"([^"]*)"/)?.[1] ?? "study";
    const storage = await openJournalStorage(path, study);
    try {
      await storage.trials();
    } finally {
      await storage.close();
    }
  },
};

export const runTargets = [runs, notebooks, journals];
