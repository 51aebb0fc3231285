import { join } from "node:path";
import { cannotWrite, sweepTemporary, writeAtomic } from "../files/mod.ts";
import { type Run, runIn } from "./run.ts";
import { type NewRunConfig, runConfig } from "./config_file.ts";

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
