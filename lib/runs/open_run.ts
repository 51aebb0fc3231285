import { basename, dirname, join } from "node:path";
import { DataError } from "../errors/mod.ts";
import { type Run, runIn } from "./run.ts";

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
