import { Command } from "commander";
import { runTask } from "./run_task.ts";

const command = new Command("deno task tables")
  .description("Writes what a run found as tidy tables, for pandas, R and DuckDB: every score, and every prediction.")
  .argument("<run>", "a run folder, or an experiment's folder for its latest run")
  .option("--out <folder>", "where they go (default: tables/ in the run's folder)")
  .action(async (folder: string, options: { out?: string }) => {
    const { join } = await import("node:path");
    const { scoreRows } = await import("../evaluation/mod.ts");
    const { formatCsv, formatParquet, writeAtomic } = await import("../files/mod.ts");
    const { openRun, predictionRows } = await import("../runs/mod.ts");
    const run = await openRun(folder);
    const tables = { predictions: predictionRows(await run.predictions()), scores: scoreRows(await run.metrics()) };
    for (const [name, rows] of Object.entries(tables)) {
      const path = join(options.out ?? run.path("tables"), name);
      await writeAtomic(`${path}.csv`, formatCsv(rows));
      await writeAtomic(`${path}.parquet`, await formatParquet(rows));
      console.log(`${path}.csv, ${path}.parquet: ${rows.length} rows`);
    }
  });

await runTask(command);
