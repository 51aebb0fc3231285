import { Command } from "commander";
import { runTask } from "./run_task.ts";

const command = new Command("deno task lab")
  .description("Opens the first notebook in JupyterLab, with the kernel ready.")
  .argument("[file]", "another notebook", "notebooks/01_meet_the_recordings.ipynb")
  .action(async (file: string) => {
    const { openLab } = await import("../notebook/open_lab.ts");
    await openLab(file);
  });

await runTask(command);
