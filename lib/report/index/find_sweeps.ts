import { basename, join } from "node:path";
import type { ExperimentDescription } from "../../experiment/mod.ts";
import { openJournalStorage } from "../../sweep/storage/journal_storage.ts";
import type { StoredTrial, StudyDescription } from "../../sweep/mod.ts";
import type { FileProblem } from "../read_run_files.ts";
import { readEach } from "./find_runs.ts";

/** A sweep as the index shows it. */
export interface IndexedSweep {
  name: string;
  /** Path below the results folder, with `/`. */
  folder: string;
  /** Whether `report.html` is there. */
  report: boolean;
  /** `null` where the study is kept in a database, which an index does not ask. */
  study: StudyDescription | null;
  /** What all trials share, as far as the study says. */
  settings: Partial<ExperimentDescription>;
  trials: Pick<StoredTrial, "state" | "value" | "startedAt" | "finishedAt">[];
}

/** All sweeps in `sweeps/` of a results folder, by name. */
export async function findSweeps(results: string): Promise<{ sweeps: IndexedSweep[]; unreadable: FileProblem[] }> {
  const entries = await Array.fromAsync(Deno.readDir(join(results, "sweeps"))).catch(() => []); // none was made yet
  const folders = entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => `sweeps/${name}`).toSorted();
  const { read, unreadable } = await readEach(folders, (folder) => readSweep(results, folder));
  return { sweeps: read.filter((sweep) => sweep !== undefined), unreadable };
}

async function readSweep(results: string, folder: string): Promise<IndexedSweep | undefined> {
  const has = (file: string) => Deno.stat(join(results, folder, file)).then(() => true, () => false);
  const name = basename(folder), report = await has("report.html");
  if (!await has("study.jsonl")) {
    return report ? { name, folder, report, study: null, settings: {}, trials: [] } : undefined;
  }
  const storage = await openJournalStorage(join(results, folder, "study.jsonl"), name);
  try {
    const { study } = storage;
    return { name, folder, report, study, settings: JSON.parse(study.experiment), trials: [...await storage.trials()] };
  } finally {
    await storage.close();
  }
}
