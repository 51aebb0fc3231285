import { Command } from "commander";
import { runTask } from "./run_task.ts";

/** Where the command before this one in `deno task live` puts the script. */
const SCRIPT = ".cache/live.js";

const command = new Command("deno task live")
  .description("Writes a page in which a run's model judges new recordings, in the browser and with no network.")
  .argument("<run>", "a run folder, or an experiment's folder for its latest run: results/demo")
  .action(async (folder: string) => {
    const { openRun } = await import("../runs/mod.ts");
    const { renderPages } = await import("./render_pages.ts");
    const run = await openRun(folder);
    for (const path of await renderPages({ folder: run.folder, script: await Deno.readTextFile(SCRIPT) })) {
      console.log(path);
    }
  });

await runTask(command);
