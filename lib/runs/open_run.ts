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
  const run = runIn(folder);
  if (await run.has("config.json")) return run;
  if (await run.has("latest")) return await openRun(join(folder, (await run.readText("latest")).trim()));
  throw new DataError({
    expected: "the folder of a run (with config.json in it) or of an experiment (with latest in it)",
    found: await Deno.stat(folder).then(() => "neither", () => "no such folder"),
    where: folder,
    remedy: "look into results/ for the name of a run",
  });
}
