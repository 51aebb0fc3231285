import { join } from "node:path";
import { DataError } from "../../errors/mod.ts";
import { headlineScores, type ReadScore, scoreKey, scoresAsRead } from "../../scores/mod.ts";
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
import type { FileProblem } from "../read_run_files.ts";
import { mainPart } from "../report_view.ts";
import { hashBytes, parseCsv } from "../../files/mod.ts";

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

/**
 * All runs below a results folder, the latest first, at most three folders deep (`lung/sprsound_events/<run>`).
 *
 * @throws {DataError} where there is no such folder.
 */
export async function findRuns(results: string): Promise<{ runs: IndexedRun[]; unreadable: FileProblem[] }> {
  if (!await Deno.stat(results).then((stat) => stat.isDirectory, () => false)) {
    throw new DataError({
      expected: "the folder that holds the runs",
      found: "no such folder",
      where: results,
      remedy: "name results, or make a run: deno task demo",
    });
  }
  const { read, unreadable } = await readEach(await runFolders(results, "", 4), (one) => readIndexed(results, one));
  return { runs: read.toSorted((a, b) => b.config.createdAt.localeCompare(a.config.createdAt)), unreadable };
}

/** What can be read of some folders, and what can't, with the reason. */
export async function readEach<T>(folders: readonly string[], readOne: (folder: string) => Promise<T>) {
  const read: T[] = [], unreadable: FileProblem[] = [];
  for (const file of folders) {
    try {
      read.push(await readOne(file));
    } catch (error) {
      unreadable.push({ file, problem: error instanceof Error ? error.message : String(error) });
    }
  }
  return { read, unreadable };
}

async function runFolders(results: string, below: string, depth: number): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(join(results, below)));
  if (entries.some(({ isFile, name }) => isFile && name === "config.json")) return [below];
  if (depth === 0) return [];
  const folders = entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name).toSorted();
  const found = folders.map((name) => runFolders(results, below === "" ? name : `${below}/${name}`, depth - 1));
  return (await Promise.all(found)).flat();
}

async function readIndexed(results: string, folder: string): Promise<IndexedRun> {
  const run = runIn(join(results, folder));
  const optional = async <T>(read: () => T | Promise<T>) => {
    try {
      return await read();
    } catch {
      return null; // missing or damaged; the run's report names it
    }
  };
  const parts = (await optional(run.metrics))?.parts ?? {};
  const part = mainPart(Object.keys(parts)) ?? null;
  const config = await run.config();
  const scores = part === null ? {} : scoresAsRead(parts[part], config.experiment.evaluation);
  return {
    ...{ folder, config, part },
    status: await optional(run.status),
    data: await optional(run.data),
    scores: Object.fromEntries(Object.entries(scores).filter(([, { value }]) => value !== null)),
    external: await readExternalSets(run),
    judged: part === null ? null : await optional(async () => judgedSet(await run.readText("predictions.csv"), part)),
    curve: meanCurve(await optional(run.history) ?? []),
    report: await run.has("report.html"),
    notes: summariseNotes(await optional(run.notes) ?? { notes: [] }),
  };
}

function meanCurve(history: readonly FoldEpoch[]): number[] {
  const byEpoch = [...Map.groupBy(history, ({ epoch }) => epoch)].toSorted(([a], [b]) => a - b);
  return byEpoch.map(([, rows]) => rows.reduce((sum, row) => sum + row.validationScore / rows.length, 0));
}

/** The items that a run was judged on, and their truth. */
export interface JudgedSet {
  items: number;
  subjects: number;
  /** The same for runs that judged the same items by the same labels. */
  fingerprint: string;
}

const COLUMNS = ["part", "recording", "subject", "start", "end", "label"] as const;

/**
 * Which items a part of `predictions.csv` judges, whatever was predicted; `null` where it judges none. Only scores on the
 * same items can be held against each other.
 */
export function judgedSet(predictions: string, part: string): JudgedSet | null {
  const items = new Set<string>(), subjects = new Set<string>();
  for (const row of rowsOf(predictions)) {
    if (row[0] !== part) continue;
    items.add(row.slice(1).join("\n"));
    subjects.add(row[2]);
  }
  if (items.size === 0) return null;
  return { items: items.size, subjects: subjects.size, fingerprint: hashBytes([...items].toSorted().join("\n\n")) };
}

/** The values of the columns. Without a quotation mark a row is a line: 50 times as fast, and an index reads many runs. */
function rowsOf(text: string): string[][] {
  if (text.includes('"')) return parseCsv(text, "predictions.csv").map((row) => COLUMNS.map((name) => row[name]));
  const [header, ...lines] = text.trimEnd().split(/\r?\n/);
  const names = header.split(",");
  const places = COLUMNS.map((name) => names.indexOf(name));
  return lines.map((line) => {
    const cells = line.split(",", Math.max(...places) + 1);
    return places.map((place) => cells[place]);
  });
}

/** The first score that the experiment names and the run has. */
export function headline({ config, scores }: Pick<IndexedRun, "config" | "scores">): string | undefined {
  return [...config.experiment.evaluation.scores.map(scoreKey), ...headlineScores].find((name) => name in scores);
}

/** Address of the report in a folder below the index, whatever letters its name has. */
export function reportAddress(folder: string): string {
  return `${folder.split("/").map(encodeURIComponent).join("/")}/report.html`;
}

/** A moment to the minute: `"2026-01-02 03:04"`. */
export function minuteOf(time: string): string {
  return time.slice(0, 16).replace("T", " ");
}
