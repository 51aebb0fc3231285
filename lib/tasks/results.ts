import { Command } from "@commander-js/extra-typings";
import { runTask } from "./run_task.ts";

const command = new Command("deno task results")
  .description(
    "Writes the tables of experiments/README.md from the latest complete run of each experiment and protocol, and from ablations.",
  )
  .option("--results <folder>", "where the run folders lie", "results")
  .action(async ({ results }) => {
    const { writeResultsTable } = await import("./results/write_results_table.ts");
    const rows = await writeResultsTable(results);
    console.log(`${rows} rows of the runs in ${results} stand in experiments/README.md.`);
  });

await runTask(command);
