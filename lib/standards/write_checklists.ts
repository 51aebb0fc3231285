import { basename, dirname, join } from "node:path";
import { datasetInfo, datasetNames } from "../datasets/mod.ts";
import { writeAtomic } from "../files/mod.ts";
import { type PaperRun, type PaperTable, tableFormats } from "../paper/mod.ts";
import { listRuns } from "../runs/mod.ts";
import type { Checklist, Evidence, Item } from "./checklists/checklist.ts";
import { claimData, stardAi, tripodAi } from "./checklists/reporting_guidelines.ts";
import { probastAi } from "./checklists/probast_ai.ts";
import { selfAudit } from "./checklists/self_audit.ts";

const CHECKLISTS = [tripodAi, stardAi, probastAi, claimData];

/**
 * Writes the checklists of reporting that an editor asks for, filled from the runs' files, and what a strict reader would hold
 * against the runs, each as `checklists/<name>.md`, `.html`, `.csv` and `.tex`. What only the authors can say is marked as theirs.
 * The checklists are of the first run of each experiment, as the methods are, the audit of all.
 *
 * @returns names below the folder.
 */
export async function writeChecklists(runs: readonly PaperRun[], folder: string): Promise<string[]> {
  const evidence = await Promise.all(runs.map(evidenceOf));
  const firsts = [...Map.groupBy(evidence, ({ run }) => run.config?.name).values()].map(([first]) => first);
  const tables = [...CHECKLISTS.map((list) => checklistTable(list, firsts)), auditTable(evidence)];
  const names: string[] = [];
  for (const table of tables) {
    for (const [ending, format] of Object.entries(tableFormats)) {
      const name = `checklists/${table.name}.${ending}`;
      await writeAtomic(join(folder, name), format(table));
      names.push(name);
    }
  }
  return names;
}

async function evidenceOf(one: PaperRun): Promise<Evidence> {
  const { config, data, folder } = one.run;
  const known = data && datasetNames().includes(data.dataset) ? datasetInfo(data.dataset) : undefined;
  return { ...one, info: known, others: config ? await otherSettings(folder, config) : 0 };
}

/** Complete runs beside this one whose settings or seeds differ. */
async function otherSettings(folder: string, { hash }: { hash: string }): Promise<number> {
  const experiment = dirname(folder);
  const beside = await listRuns(dirname(experiment), basename(experiment));
  const hashes = await Promise.all(beside.map(async (other) => {
    const state = await other.status().then(({ state }) => state, () => "none");
    return state === "complete" ? await other.config().then(({ hash }) => hash, () => hash) : hash;
  }));
  return new Set(hashes.filter((other) => other !== hash)).size;
}

function checklistTable({ name, title, edition, items }: Checklist, all: readonly Evidence[]): PaperTable {
  const judged = name === "probast-ai";
  return {
    name,
    caption: `${title}, as far as the files of the runs answer it`,
    sections: true,
    head: [
      ...["run", "item", "asked, in our words", ...judged ? ["judged"] : []],
      ...["answer", "file and key", "report", "yours"],
    ],
    rows: all.flatMap((evidence) => items.map((item) => [evidence.label, ...itemRow(item, { evidence, judged })])),
    notes: [
      `Follows: ${edition}. Numbers are the standard's, words are ours: fill the official form with its own text.`,
      "What stands under yours only the authors can say.",
      ...judged ? ["The workbench judges what its files show and nothing more; a domain is rated by a person."] : [],
    ],
  };
}

function itemRow([number, asks, answers, yours]: Item, { evidence, judged }: { evidence: Evidence; judged: boolean }) {
  const { text, from, where, verdict = "no information" } = answers?.(evidence) ?? { text: "", from: "", where: "" };
  const left = yours ?? (text === "" ? "the run doesn't say" : "");
  return [number, asks, ...judged ? [verdict] : [], text, from, where, left];
}

function auditTable(all: readonly Evidence[]): PaperTable {
  return {
    name: "self-audit",
    caption: "Self-audit: signalling questions of PROBAST+AI that the runs fail, by their files",
    sections: true,
    head: ["run", "questions", "judged", "found", "file and key", "what to do"],
    rows: all.flatMap((evidence) => {
      const findings = selfAudit(evidence);
      if (findings.length === 0) return [[evidence.label, "", "", "nothing was found by the files", "", ""]];
      return findings.map((
        { questions, verdict, text, from, remedy },
      ) => [evidence.label, questions.join(", "), verdict, text, from, remedy]);
    }),
    notes: [
      "D: development, E: evaluation. What no file holds (how patients were chosen, who gave the labels, whether they were " +
      "blind) is no part of it and remains to be judged.",
    ],
  };
}
