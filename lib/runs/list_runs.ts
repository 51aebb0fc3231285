import { join } from "node:path";
import { type Run, runIn } from "./run.ts";

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
