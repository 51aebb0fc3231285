import { join } from "node:path";
import { DataError } from "../../errors/mod.ts";
import { type Metrics, type ReadScore, scoresAsRead } from "../../scores/mod.ts";
import {
  type FoldEpoch,
  type NotesSummary,
  type RunConfig,
  type RunData,
  runIn,
  type RunStatus,
  summariseNotes,
} from "../../runs/mod.ts";
import { type ExternalSet, readExternalSets } from "../read_external.ts";
import { type JudgedSet, judgedSet } from "./judged_set.ts";

/** A run as the index shows it. */
export interface IndexedRun {
  /** Path below the results folder, with `/`. */
  folder: string;
  config: RunConfig;
  status: RunStatus | null;
  data: RunData | null;
  /** Name of the part that it is judged on. */
  part: string | null;
  /** Scores of that part by name, as the run is read by them. */
  scores: Record<string, ReadScore>;
  /** Other data that it was judged on. */
  external: ExternalSet[];
  /** Which items that part judged; `null` where its predictions are not there. */
  judged: JudgedSet | null;
  /** Mean validation score of each epoch. */
  curve: number[];
  /** Whether `report.html` is there. */
  report: boolean;
  notes: NotesSummary;
}

/** A run folder that can't be shown, and why. */
export interface UnreadableRun {
  folder: string;
  problem: string;
}

/**
 * All runs below a results folder, the latest first, at most three folders deep (`lung/sprsound_events/<run>`).
 *
 * @throws {DataError} where there is no such folder.
 */
export async function findRuns(results: string): Promise<{ runs: IndexedRun[]; unreadable: UnreadableRun[] }> {
  if (!await Deno.stat(results).then((stat) => stat.isDirectory, () => false)) {
    throw new DataError({
      expected: "the folder that holds the runs",
      found: "no such folder",
      where: results,
      remedy: "name results, or make a run: deno task demo",
    });
  }
  const runs: IndexedRun[] = [], unreadable: UnreadableRun[] = [];
  for (const folder of await runFolders(results, "", 4)) {
    try {
      runs.push(await readIndexed(results, folder));
    } catch (error) {
      unreadable.push({ folder, problem: error instanceof Error ? error.message : String(error) });
    }
  }
  return { runs: runs.toSorted((a, b) => b.config.createdAt.localeCompare(a.config.createdAt)), unreadable };
}

async function runFolders(results: string, below: string, depth: number): Promise<string[]> {
  const entries: Deno.DirEntry[] = [];
  for await (const entry of Deno.readDir(join(results, below))) entries.push(entry);
  if (entries.some((entry) => entry.isFile && entry.name === "config.json")) return [below];
  if (depth === 0) return [];
  const folders = entries.filter((entry) => entry.isDirectory).map((entry) => entry.name).toSorted();
  const found = await Promise.all(
    folders.map((name) => runFolders(results, below === "" ? name : `${below}/${name}`, depth - 1)),
  );
  return found.flat();
}

async function readIndexed(results: string, folder: string): Promise<IndexedRun> {
  const run = runIn(join(results, folder));
  const optional = <T>(read: Promise<T>) => read.catch(() => null);
  const metrics = await optional(run.metrics());
  const part = metrics === null ? null : judgedPart(metrics);
  const predictions = part === null ? null : await optional(run.readText("predictions.csv"));
  const history = await optional(run.history());
  const config = await run.config();
  return {
    folder,
    config,
    status: await optional(run.status()),
    data: await optional(run.data()),
    part,
    scores: metrics === null || part === null
      ? {}
      : valued(scoresAsRead(metrics.parts[part], config.experiment.evaluation)),
    external: await readExternalSets(run),
    judged: predictions === null || part === null ? null : judgedOf(predictions, part),
    curve: meanCurve(history ?? []),
    report: await run.has("report.html"),
    notes: summariseNotes(await optional(run.notes()) ?? { notes: [] }),
  };
}

function judgedPart({ parts }: Metrics): string | null {
  const names = Object.keys(parts);
  return names.find((name) => name === "test") ?? names.find((name) => name !== "validation") ?? names[0] ?? null;
}

function valued<T extends { value: number | null }>(scores: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(scores).filter(([, { value }]) => value !== null));
}

function judgedOf(predictions: string, part: string): JudgedSet | null {
  try {
    return judgedSet(predictions, part);
  } catch {
    return null; // a damaged file; the run's report names it
  }
}

function meanCurve(history: readonly FoldEpoch[]): number[] {
  const byEpoch = [...Map.groupBy(history, ({ epoch }) => epoch)].toSorted(([a], [b]) => a - b);
  return byEpoch.map(([, rows]) => rows.reduce((sum, row) => sum + row.validationScore / rows.length, 0));
}
