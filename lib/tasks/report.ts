import { Command, Option } from "@commander-js/extra-typings";
import { keepRights } from "./keep_rights.ts";
import { runTask } from "./run_task.ts";

const command = new Command("deno task report")
  .description("Writes a run's report and model card again from the files in its folder.")
  .argument("<run>", "a run folder, or an experiment's folder for its latest run: results/demo; with --index, results")
  .option("--index", "write index.html of all runs below the folder instead")
  .addOption(
    new Option("--pseudonymise <whom>", 'whose names become "subject 1", "recording 1"')
      .choices(["cards", "everything", "nothing"] as const).default("cards"),
  )
  .action(async (folder, options) => {
    await keepRights({ run: folder });
    const { renderIndex, renderModelCard, renderReport } = await import("../report/mod.ts");
    if (options.index) return console.log(await renderIndex(folder));
    const { openRun } = await import("../runs/mod.ts");
    const run = await openRun(folder);
    console.log(await renderReport(run.folder, options));
    console.log(await renderModelCard(run.folder));
  });

await runTask(command);
