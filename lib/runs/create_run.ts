import { join } from "node:path";
import { writeAtomic } from "../files/mod.ts";
import { type Run, runIn } from "./run.ts";
import type { RunConfig } from "./run_schemas.ts";

/**
 * Makes the folder `<results>/<experiment>/<UTC time>-<short hash>` with `config.json` in it, and lets `latest`
 * name it. (`latest` is a text file, not a link: Deno makes links only with permission for the whole disk.)
 */
export async function createRun(results: string, config: RunConfig): Promise<Run> {
  const time = config.createdAt.replace(/\.\d+Z$/, "Z").replaceAll(":", "").replaceAll("-", "");
  const experiment = join(results, config.name);
  let name = `${time}-${config.hash}`;
  for (let again = 2; await exists(join(experiment, name)); again++) name = `${time}-${config.hash}-${again}`;
  const run = runIn(join(experiment, name));
  await run.writeJson("config.json", config);
  await writeAtomic(join(experiment, "latest"), name + "\n");
  return run;
}

function exists(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}
