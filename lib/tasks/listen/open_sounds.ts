import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type ColumnNames, datasetInfo, datasetNames, stemOf } from "../../datasets/mod.ts";
import { UsageError } from "../../errors/mod.ts";
import { datasetSource, folderSource, type ListeningSource, runSource } from "../../experiment/mod.ts";
import { judgedSource } from "../../predict/mod.ts";
import { openRun } from "../../runs/mod.ts";

/** What there is to listen to. */
export interface OpenedSounds {
  source: ListeningSource;
  /** Where page and verdicts go: the run's folder, or one below results/ for recordings of which nothing is known. */
  folder: string;
  /** Whether they are a run's. */
  run: boolean;
}

export interface OpenSoundsOptions {
  /** A run whose networks say what the sounds are. */
  by?: string;
  /** A dataset's folder. @default {data/<name>} */
  data?: string;
  /** A dataset's task. @default {its only one} */
  task?: string;
  columns?: ColumnNames;
  signal: AbortSignal;
}

/** The sounds of a run, of a dataset by its name, of a table or of a folder; with what the networks of a run say of them. */
export async function openSounds(what: string, options: OpenSoundsOptions): Promise<OpenedSounds> {
  const { by, signal } = options;
  if (existsSync(join(what, "config.json")) || existsSync(join(what, "latest")) || basename(what) === "latest") {
    const run = await openRun(what);
    return { source: await runSource(run, { signal }), folder: run.folder, run: true };
  }
  const source = await sourceOf(what, options);
  const folder = join("results", "listening", stemOf(resolve(what)));
  return { source: by === undefined ? source : await judgedSource(source, by, { signal }), folder, run: false };
}

/** A folder with `manifest.csv` is a table's; any other holds recordings of which nothing is known. */
async function sourceOf(what: string, { data, task, columns, signal }: OpenSoundsOptions): Promise<ListeningSource> {
  const path = await Deno.stat(what).catch(() => undefined);
  const isTable = path?.isFile || existsSync(join(what, "manifest.csv"));
  const name = !path && datasetNames().includes(what) ? what : isTable ? "csv" : undefined;
  if (name === undefined && !path) {
    const expected = `a run, a table, a folder of recordings or a dataset (${datasetNames().join(", ")})`;
    throw new UsageError({ expected, found: "nothing of this name", where: what });
  }
  if (name === undefined) return await folderSource(what, { signal });
  const folder = data ?? (name === "csv" ? what : join("data", name));
  return await datasetSource(name, { folder, task: task ?? onlyTask(name), columns, signal });
}

function onlyTask(name: string): string {
  const tasks = Object.keys(datasetInfo(name).tasks);
  if (tasks.length === 1) return tasks[0];
  const expected = `one of the tasks of ${name}: ${tasks.join(", ")}`;
  throw new UsageError({ expected, found: "none", where: "--task", remedy: `add --task ${tasks[0]}` });
}
