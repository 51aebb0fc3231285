import { Command } from "@commander-js/extra-typings";
import { keepRights } from "./keep_rights.ts";
import { importNamed, partsOption } from "./option_values.ts";
import { runTask } from "./run_task.ts";

const command = new Command("deno task live")
  .description("Writes a page in which a run's model judges new recordings, in the browser and with no network.")
  .argument("<run>", "a run folder, or an experiment's folder for its latest run: results/demo")
  .addOption(partsOption())
  .action(async (folder, { parts }) => {
    await keepRights({ run: folder, parts, bundles: true });
    await importNamed({ parts });
    const { liveScript, renderLivePage } = await import("../report/mod.ts");
    const { openRun, readBundle } = await import("../runs/mod.ts");
    const run = await openRun(folder);
    await readBundle(run.path("model"));
    console.log(await renderLivePage(run.folder, { script: await liveScript(parts) }));
  });

await runTask(command);
