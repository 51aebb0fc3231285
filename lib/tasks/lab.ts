import { Command } from "@commander-js/extra-typings";
import { runTask } from "./run_task.ts";

const command = new Command("deno task lab")
  .description("Opens the first notebook in JupyterLab, with the kernel ready.")
  .argument("[file]", "another notebook")
  .action(async (file) => {
    const { openLab } = await import("../notebook/open_lab.ts");
    const { listNotebooks } = await import("../notebook/list_notebooks.ts");
    await openLab(file ?? (await listNotebooks("notebooks"))[0]);
  });

await runTask(command);
