import { Command } from "commander";
import { runTask } from "./run_task.ts";

const command = new Command("deno task report")
  .description("Writes a run's report again from the files in its folder.")
  .argument("<run>", "a run folder, or an experiment's folder for its latest run: results/demo")
  .action(async (folder: string) => {
    const { openRun } = await import("../runs/mod.ts");
    const { renderReport } = await import("../report/mod.ts");
    const run = await openRun(folder);
    console.log(await renderReport(run.folder));
  });

await runTask(command);
