import { Command } from "@commander-js/extra-typings";
import { runTask } from "../../lib/tasks/run_task.ts";

const command = new Command("deno task reference")
  .description(
    "Writes experiments/REFERENCE.md: every key of an experiment, network, augmentation, protocol, preset and score.",
  )
  .action(async () => {
    const { join } = await import("node:path");
    const { writeAtomic } = await import("../../lib/files/mod.ts");
    const { referencePage } = await import("./write_reference.ts");
    const path = join("experiments", "REFERENCE.md");
    await writeAtomic(path, await referencePage());
    console.log(`Written: ${path}`);
  });

await runTask(command);
