import type { Engine, EngineName, OpenedEngine } from "../../engines/mod.ts";
import { AuscultError, UsageError } from "../../errors/mod.ts";
import { hashBytes, sweepTemporary } from "../../files/mod.ts";
import { ownParts, partsIn } from "../../parts/mod.ts";
import { createRun, holdRun, listRuns, ranExperiment } from "../../runs/mod.ts";
import type { HeldRun, Run, RunConfig, RunStatus } from "../../runs/mod.ts";
import type { Fold } from "../../splits/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import type { PreparedData } from "../prepare/prepare_data.ts";
import type { RunExperimentOptions } from "../run_experiment.ts";

export interface BeginRunOptions
  extends
    Pick<PreparedData, "manifest" | "folds" | "duplicates">,
    Pick<RunExperimentOptions, "command" | "data" | "out" | "resume" | "otherEngine"> {
  /** The engine that is asked for. */
  engine: EngineName | "auto";
  open: (name: EngineName | "auto") => Promise<OpenedEngine>;
  seed: number;
  threads: number;
}

/** A run, how far it is, and what trains the rest of it; nothing where all of it is trained. */
export interface BegunRun {
  run: Run;
  status: RunStatus;
  held: HeldRun;
  engine?: Engine;
}

/** What is written of a run after it is judged. */
const LAST = ["report.html", "ro-crate-metadata.json"];

/**
 * A new run folder, or with `resume` the latest one of the same settings, data and engine that isn't complete, or lacks what is
 * written last. The engine `auto` then is the one that the run began with; with `otherEngine` any may go on with it. It is
 * this process' own until it lets it go.
 */
export async function beginRun(experiment: Experiment, options: BeginRunOptions): Promise<BegunRun> {
  const { manifest, folds, duplicates, open, seed, threads, otherEngine, out = "results" } = options;
  // What decides the bits of the result; the budgets have been applied, and what a sweep or ablations may try is not part of it.
  const { budgets: _budgets, space: _space, references: _references, ablations: _ablations, ...decisive } = experiment;
  const { title: _title, ...dataset } = experiment.dataset;
  const { run: _run, ...initial } = experiment.initial ?? {}; // it is its weights that decide
  const decided = { ...decisive, dataset, ...experiment.initial ? { initial } : {} };
  const own = await ownParts(partsIn(experiment));
  const parts = own.map(({ files: _files, ...part }) => part);
  const code = parts.map(({ sha256 }) => sha256);
  const hashOn = (engine: EngineName, threads: number) =>
    hashBytes(JSON.stringify([decided, seed, engine, threads, manifest.rows, duplicates, ...code])).slice(0, 8);
  if (options.resume) {
    const same = ({ engine, hash }: RunConfig) => {
      const name = otherEngine || options.engine === "auto" ? engine.name : options.engine;
      return trainsHere(name) && hash === hashOn(name, otherEngine ? engine.threads : threads);
    };
    const found = await findUnfinished({ out, experiment, same, parts, folds });
    if (found) return { ...found, engine: await engineToGoOn(found, options) };
    console.log("There is no unfinished run of these settings: a new one begins.");
  }
  const { engine, reason } = await open(options.engine);
  const { name, title, question, references } = experiment;
  const run = await createRun(out, {
    ...{ version: 1, name, title, question, experiment, parts },
    seeds: [...new Set(folds.map((fold) => fold.seed))],
    engine: { name: engine.name, description: engine.description, reason, threads },
    ...{ command: options.command, dataFolder: options.data, references, hash: hashOn(engine.name, threads) },
    createdAt: new Date().toISOString(),
  });
  // A run says what it was trained by, also when the module has changed.
  for (const { part, kind, files } of own) {
    for (const [path, text] of Object.entries(files)) {
      await run.write(`code/${part}-${kind}/${path.replaceAll("../", "above/")}`, text);
    }
  }
  const status = begun(folds);
  await run.save("status", status);
  return { run, status, held: await holdRun(run), engine };
}

function trainsHere(name: RunConfig["engine"]["name"]): name is EngineName {
  return name !== "elsewhere" && name !== "joined";
}

/** @throws {UsageError} where the engine that the run began with can't run here. */
async function engineToGoOn(
  { run, status, held }: BegunRun,
  { engine, otherEngine, open }: BeginRunOptions,
): Promise<Engine | undefined> {
  if (status.state === "complete") return undefined;
  const { name } = (await run.config()).engine;
  try {
    return (await open(otherEngine || !trainsHere(name) ? engine : name)).engine;
  } catch (cause) {
    await held.release();
    if (!(cause instanceof AuscultError) || otherEngine) throw cause;
    const remedy = `the same command with --other-engine --engine ort goes on with ${run.folder}`;
    throw new UsageError({ ...cause.problem, remedy, cause });
  }
}

function begun(folds: readonly Fold[]): RunStatus {
  const none = folds.map(({ fold, seed }) => ({ fold, seed, done: false }));
  return { version: 1, state: "running", folds: none, seconds: 0 };
}

async function findUnfinished(
  { out, experiment, same, parts, folds }: {
    out: string;
    experiment: Experiment;
    same: (config: RunConfig) => boolean;
    parts: NonNullable<RunConfig["parts"]>;
    folds: readonly Fold[];
  },
): Promise<BegunRun | undefined> {
  for (const run of await listRuns(out, experiment.name)) {
    const config = await run.config();
    // A process that was killed before its first status had only begun.
    const status = await run.has("status.json") ? await run.status() : begun(folds);
    if (status.state !== "complete") sayOtherCode(config, { experiment, parts, folder: run.folder });
    // A run whose report or crate was lost, to a full disk or a kill, is done but for that.
    const told = (await Promise.all(LAST.map((name) => run.has(name)))).every((is) => is);
    if (!same(config) || status.state === "complete" && told) continue;
    const held = await holdRun(run);
    await sweepTemporary(run.folder, { deep: true });
    return { run, held, status: await run.has("status.json") ? await run.status() : status };
  }
  return undefined;
}

/** A run of the same settings can't be gone on with by other code, and that is said. */
function sayOtherCode(
  config: RunConfig,
  { experiment, parts, folder }: { experiment: Experiment; parts: NonNullable<RunConfig["parts"]>; folder: string },
): void {
  if (JSON.stringify(config.experiment) !== JSON.stringify(ranExperiment.parse(experiment))) return;
  for (const { part, kind, module, sha256 } of parts) {
    const before = config.parts?.find((one) => one.part === part && one.kind === kind);
    if (before === undefined || before.sha256 === sha256) continue;
    console.log(
      `The code of the ${part} "${kind}" in ${module} has changed since ${folder} began, which stays as it is.`,
    );
  }
}
