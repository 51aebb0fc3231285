import type { Manifest } from "../../datasets/mod.ts";
import type { OpenedEngine } from "../../engines/mod.ts";
import { hashBytes, sweepTemporary } from "../../files/mod.ts";
import { createRun, listRuns, type Run, type RunConfig, runConfig, type RunStatus, runStatus } from "../../runs/mod.ts";
import type { Fold } from "../../splits/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";

/** What {@linkcode beginRun} needs to know of a run. */
export interface BeginRunOptions {
  manifest: Manifest;
  folds: Fold[];
  duplicates: string[][];
  opened: OpenedEngine;
  seed: number;
  threads: number;
  command: string;
  data: string;
  out?: string;
  resume?: boolean;
}

/** A new run folder, or with `resume` the latest one of the same settings, data and engine that isn't complete or has no report. */
export async function beginRun(
  experiment: Experiment,
  options: BeginRunOptions,
): Promise<{ run: Run; status: RunStatus }> {
  const { manifest, folds, duplicates, opened: { engine, reason }, seed, threads, out = "results" } = options;
  // What decides the bits of the result; the budgets have been applied, and a sweep's space is not part of it.
  const { budgets: _budgets, space: _space, references: _references, ...decisive } = experiment;
  const { title: _title, ...dataset } = experiment.dataset;
  const hash = hashBytes(
    JSON.stringify([{ ...decisive, dataset }, seed, engine.name, threads, manifest.rows, duplicates]),
  ).slice(0, 8);
  if (options.resume) {
    const found = await findUnfinished({ out, name: experiment.name, hash, folds });
    if (found) return found;
    console.log("There is no unfinished run of these settings: a new one begins.");
  }
  const config: RunConfig = {
    version: 1,
    name: experiment.name,
    title: experiment.title,
    question: experiment.question,
    experiment,
    seeds: [...new Set(folds.map((fold) => fold.seed))],
    engine: { name: engine.name, description: engine.description, reason, threads },
    command: options.command,
    dataFolder: options.data,
    references: experiment.references,
    hash,
    createdAt: new Date().toISOString(),
  };
  const run = await createRun(out, config);
  const status = begun(folds);
  await run.writeJson("status.json", status);
  return { run, status };
}

function begun(folds: readonly Fold[]): RunStatus {
  return {
    version: 1,
    state: "running",
    folds: folds.map(({ fold, seed }) => ({ fold, seed, done: false })),
    seconds: 0,
  };
}

async function findUnfinished(
  { out, name, hash, folds }: { out: string; name: string; hash: string; folds: readonly Fold[] },
): Promise<{ run: Run; status: RunStatus } | undefined> {
  for (const run of await listRuns(out, name)) {
    const config = await run.readJson("config.json", runConfig);
    // A process that was killed before its first status had only begun.
    const status = await run.has("status.json") ? await run.readJson("status.json", runStatus) : begun(folds);
    // A run whose report was lost, to a full disk or a kill, is done but for that.
    if (config.hash !== hash || (status.state === "complete" && await run.has("report.html"))) continue;
    await sweepTemporary(run.folder, { deep: true });
    return { run, status };
  }
  return undefined;
}
