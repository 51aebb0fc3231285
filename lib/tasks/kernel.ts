import { Command } from "@commander-js/extra-typings";
import { DataError } from "../errors/mod.ts";
import { runTask } from "./run_task.ts";

const command = new Command("deno task kernel")
  .description('Installs the Jupyter kernel "Auscult (Deno)" and says where.')
  .option("--user", "for this user (the default)")
  .option("--prefix <dir>", "below a folder instead, e.g. that of a virtual environment")
  .option("--uninstall", "take it away again")
  .action(async ({ prefix, uninstall }) => {
    const { installKernel } = await import("@auscult/jupyter-kernel");
    const { AUSCULT_KERNEL } = await import("../notebook/auscult_kernel.ts");
    const folder = await installKernel(AUSCULT_KERNEL, { prefix, uninstall }).catch((cause) => {
      if (!(cause instanceof Deno.errors.NotFound)) throw cause;
      const remedy = "there is nothing to remove";
      throw new DataError({ expected: "an installed kernel", found: "none", remedy, cause });
    });
    console.log(`${uninstall ? "removed" : "installed"} ${folder}`);
  });

await runTask(command);
