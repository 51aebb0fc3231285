import { Command } from "commander";
import { importNamed, partsOption } from "./parts_option.ts";
import { runTask } from "./run_task.ts";

const command = new Command("deno task live")
  .description("Writes a page in which a run's model judges new recordings, in the browser and with no network.")
  .argument("<run>", "a run folder, or an experiment's folder for its latest run: results/demo")
  .addOption(partsOption())
  .action(async (folder: string, { parts }: { parts?: string }) => {
    await importNamed({ parts });
    const { ownInputModules } = await import("../features/mod.ts");
    const { liveScript } = await import("../report/mod.ts");
    const { openRun, readBundle } = await import("../runs/mod.ts");
    const { renderPages } = await import("./render_pages.ts");
    const run = await openRun(folder);
    await readBundle(run.path("model"));
    const script = await liveScript(parts);
    for (const path of await renderPages({ folder: run.folder, script, modules: ownInputModules() })) console.log(path);
  });

await runTask(command);
