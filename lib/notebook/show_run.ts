import type { Metrics, Score, Unit } from "../evaluation/mod.ts";
import type { Figure } from "../plots/mod.ts";
import { metricsFile, openRun } from "../runs/mod.ts";
import { showPlot } from "./show_plot.ts";
import { showTable } from "./show_table.ts";

/** Options of {@linkcode showRun}. */
export interface ShowRunOptions {
  /** Figures of the run, by the names of their files in `figures/`. @default {["confusion"]} */
  figures?: readonly string[];
  /** @default all but those that something was chosen on */
  parts?: readonly string[];
  /** What is counted as one. @default {"item"} */
  unit?: Unit;
}

/**
 * Shows a run: its scores with intervals and floors, and figures.
 *
 * @param folder Of the run, or of an experiment for its latest run.
 * @throws {DataError} where there is no run.
 */
export async function showRun(folder: string, options: ShowRunOptions = {}): Promise<void> {
  const { figures = ["confusion"], unit = "item" } = options;
  const run = await openRun(folder);
  const metrics: Metrics = await run.readJson("metrics.json", metricsFile);
  const parts = options.parts ?? Object.keys(metrics.parts).filter((part) => part !== "validation");
  for (const part of parts) {
    const rows = Object.entries(metrics.parts[part]?.pooled[unit] ?? {}).filter(([name]) => !name.includes("/"));
    await showTable(rows.map(scoreRow), { title: `Scores of the part ${part}, by ${unit}`, pageRows: 20 });
  }
  for (const name of figures) {
    await showPlot(JSON.parse(await run.readText(`figures/${name}.json`)) as Figure);
  }
}

function scoreRow([score, { value, low, high, level, n, floor }]: [string, Score]) {
  return { score, value, low, high, level, n, floor };
}
