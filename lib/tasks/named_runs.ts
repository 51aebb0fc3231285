import { Argument } from "@commander-js/extra-typings";
import { join } from "node:path";
import { UsageError } from "../errors/mod.ts";
import type { Run } from "../runs/mod.ts";

/** What a task is told that takes several runs. */
export function runsArgument() {
  return new Argument(
    "[runs...]",
    "run folders, experiments' folders for their latest runs, an ablation's folder for all of its runs (default: all runs with " +
      "a star: deno task note RUN --star)",
  );
}

/**
 * The runs that a command line names, each once; those with a star where it names none.
 *
 * @throws {DataError} where there is no such run.
 * @throws {UsageError} where none is named and none has a star.
 */
export async function namedRuns(folders: readonly string[]): Promise<Run[]> {
  const runs = folders.length === 0 ? await starredRuns() : (await Promise.all(folders.map(runsOf))).flat();
  return [...new Map(runs.map((run) => [run.folder, run])).values()];
}

async function starredRuns(): Promise<Run[]> {
  const { findRuns } = await import("../report/mod.ts");
  const { runIn } = await import("../runs/mod.ts");
  const { runs } = await findRuns("results");
  const starred = runs.filter(({ notes }) => notes.star);
  if (starred.length > 0) return starred.map(({ folder }) => runIn(join("results", folder)));
  const remedy = "name their folders, or give a star: deno task note RUN --star";
  throw new UsageError({ expected: "runs, or some with a star", found: "none", where: "results", remedy });
}

async function runsOf(folder: string): Promise<Run[]> {
  const { openRun } = await import("../runs/mod.ts");
  const { trainedRuns } = await import("./ablate/ablated.ts");
  const ablation = await trainedRuns(folder);
  return ablation.length > 0 ? ablation.map(({ run }) => run) : [await openRun(folder)];
}
