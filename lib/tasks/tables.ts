import { Command } from "@commander-js/extra-typings";
import { interruptSignal, runTask } from "./run_task.ts";

const command = new Command("deno task tables")
  .description(
    "Writes what a run found as tidy tables, for pandas, R and DuckDB: every score, every prediction and, if wished, what " +
      "its networks heard.",
  )
  .argument("<run>", "a run folder, or an experiment's folder for its latest run")
  .option("--out <folder>", "where they go (default: tables/ in the run's folder)")
  .option("--embeddings", "also what the last layer decides by, for each item judged (the recordings are heard again)")
  .action(async (folder, options) => {
    const signal = interruptSignal();
    const { join } = await import("node:path");
    const { formatCsv, formatParquet, writeAtomic } = await import("../files/mod.ts");
    const { openRun, predictionRows, scoreRows } = await import("../runs/mod.ts");
    const run = await openRun(folder);
    const tables: Record<string, object[]> = {
      predictions: predictionRows(await run.predictions()),
      scores: scoreRows(await run.metrics()),
    };
    if (options.embeddings) {
      const { itemEmbeddings } = await import("../experiment/mod.ts");
      tables.embeddings = await itemEmbeddings(run, { signal });
    }
    for (const [name, rows] of Object.entries(tables)) {
      const path = join(options.out ?? run.path("tables"), name);
      await writeAtomic(`${path}.csv`, formatCsv(rows));
      await writeAtomic(`${path}.parquet`, await formatParquet(rows));
      console.log(`${path}.csv, ${path}.parquet: ${rows.length} rows`);
    }
  });

await runTask(command);
