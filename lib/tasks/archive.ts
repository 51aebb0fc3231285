import { Command } from "@commander-js/extra-typings";
import { namedRuns, runsArgument } from "./named_runs.ts";
import { runTask } from "./run_task.ts";

const command = new Command("deno task archive")
  .description("Packs runs with all that others need to train them again; deno task reproduce does that.")
  .addArgument(runsArgument())
  .option("--out <file>", "the ZIP file", "results/archive.zip")
  .option("--with-recordings", "pack the recordings, too, where their licence lets them be passed on")
  .action(async (folders, options) => {
    const { archiveRuns } = await import("../archive/mod.ts");
    const { isOwnData } = await import("../datasets/mod.ts");
    const runs = await namedRuns(folders);
    const files = await archiveRuns(runs, options);
    const { size } = await Deno.stat(options.out);
    console.log(`${files.length} files, ${(size / 1e6).toFixed(1)} MB: ${options.out}`);
    const configs = await Promise.all(runs.map((run) => run.config()));
    if (configs.some(({ experiment: { dataset } }) => isOwnData(dataset))) {
      console.log(
        "note: predictions.csv and groups.csv name your subjects, paths, bands of age and sex: look at them first.",
      );
    }
    if (!options.withRecordings) console.log("Recordings, and reports in which they sound, are not in it.");
  });

await runTask(command);
