import { basename, dirname, join } from "node:path";
import { DataError } from "../errors/mod.ts";
import { type Run, runIn } from "./run.ts";
import { cannotWrite, sweepTemporary, writeAtomic } from "../files/mod.ts";
import { type NewRunConfig, runConfig } from "./config_file.ts";

/**
 * The run in a folder. The folder of an experiment (`results/demo`), or `latest` in it, means its latest run.
 *
 * @throws {DataError} where there is none.
 */
export async function openRun(folder: string): Promise<Run> {
  if (basename(folder) === "latest") return await openRun(dirname(folder));
  const run = runIn(folder, { begun: folder });
  if (await run.has("config.json")) return run;
  const latest = await latestRun(folder);
  if (latest !== undefined && await runIn(latest).has("config.json")) return runIn(latest, { begun: latest });
  const expected = "the folder of a run (with config.json in it) or of an experiment (with latest in it)";
  const found = await Deno.stat(folder).then(() => "neither", () => "no such folder");
  throw new DataError({ expected, found, where: folder, remedy: "look into results/ for the name of a run" });
}

/**
 * As {@linkcode openRun}, but of an experiment's folder the latest run that is finished: one that was begun since, stopped or
 * failed is no other's beginning.
 */
export async function openFinishedRun(folder: string): Promise<Run> {
  const latest = await openRun(folder);
  if (latest.folder === runIn(folder).folder) return latest;
  for (const run of await listRuns(dirname(latest.folder), ".")) {
    if (await run.has("status.json") && (await run.status()).state === "complete") return run;
  }
  return latest;
}

/**
 * The folder that `latest` in an experiment's folder names; `undefined` where there is none.
 *
 * @throws {DataError} where it names anything but a folder beside it.
 */
export async function latestRun(folder: string): Promise<string | undefined> {
  const run = runIn(folder);
  if (!await run.has("latest")) return undefined;
  const name = (await run.readText("latest")).trim();
  if (name !== "" && name === basename(name) && name !== "..") return join(folder, name);
  const expected = "the name of a run in the file latest";
  const found = JSON.stringify(name.slice(0, 80));
  throw new DataError({ expected, found, where: folder, remedy: "name the run's folder itself" });
}

/** All runs of an experiment, the latest first; none where its folder is missing. */
export async function listRuns(results: string, experiment: string): Promise<Run[]> {
  const folder = join(results, experiment);
  const names: string[] = [];
  try {
    for await (const entry of Deno.readDir(folder)) if (entry.isDirectory) names.push(entry.name);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  const runs = names.toSorted().reverse().map((name) => runIn(join(folder, name), { begun: join(folder, name) }));
  const there = await Promise.all(runs.map((run) => run.has("config.json")));
  return runs.filter((_, i) => there[i]);
}

/** Another process may be writing a temporary file that is younger, seconds. */
const LEFT = 60;

/**
 * Makes the folder `<results>/<experiment>/<UTC time>-<short hash>` with `config.json` in it, and lets `latest`
 * name it. (`latest` is a text file, not a link: Deno makes links only with permission for the whole disk.)
 */
export async function createRun(results: string, config: NewRunConfig): Promise<Run> {
  const time = config.createdAt.replace(/\.\d+Z$/, "Z").replaceAll(":", "").replaceAll("-", "");
  const experiment = join(results, config.name);
  const first = `${time}-${config.hash}`;
  let name = first;
  await makeFolder(experiment, { recursive: true });
  await sweepTemporary(experiment, { olderThan: LEFT });
  // Who makes the folder has it: two runs that begin in the same second would find both that there is none.
  for (let again = 2; !await makeFolder(join(experiment, name)); again++) name = `${first}-${again}`;
  const run = runIn(join(experiment, name), { begun: join(experiment, name) });
  await run.save("config", runConfig.parse(config));
  await writeAtomic(join(experiment, "latest"), name + "\n");
  return run;
}

/** Whether it was made now. */
async function makeFolder(path: string, options?: Deno.MkdirOptions): Promise<boolean> {
  try {
    await Deno.mkdir(path, options);
    return true;
  } catch (cause) {
    if (cause instanceof Deno.errors.AlreadyExists && await Deno.stat(path).then((stat) => stat.isDirectory)) {
      return false;
    }
    throw cannotWrite(path, cause);
  }
}

/** A run folder that this process alone trains in, until it is let go or the process ends, however it ends. */
export interface HeldRun {
  release(): Promise<void>;
}

/**
 * Takes a run folder for this process: two that train in one folder would sweep each other's files away.
 *
 * @throws {DataError} where another process has it.
 */
export async function holdRun(run: Run): Promise<HeldRun> {
  // A file of its own, as Windows lets nobody read what is locked.
  const path = run.path("running.lock");
  const file = await Deno.open(path, { create: true, write: true }).catch((cause) => {
    throw cannotWrite(path, cause);
  });
  if (!await file.tryLock(true)) {
    file.close();
    const expected = "a run in which nobody trains";
    const remedy = "wait until it has ended, or stop it with Ctrl-C: --resume goes on from there";
    throw new DataError({ expected, found: "another process that does", where: run.folder, remedy });
  }
  return {
    async release() {
      await Deno.remove(path).catch(() => {}); // Windows keeps what is open
      file.close();
    },
  };
}
