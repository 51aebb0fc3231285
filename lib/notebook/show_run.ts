import type { Metrics, Score } from "../evaluation/mod.ts";
import type { Figure } from "../plots/mod.ts";
import { openRun } from "../runs/mod.ts";
import { showPlot } from "./show_plot.ts";
import { showTable } from "./show_table.ts";

/** Options of {@linkcode showRun}. */
export interface ShowRunOptions {
  /** Figures of the run, by the names of their files in `figures/`. @default {["confusion"]} */
  figures?: readonly string[];
}

/**
 * Shows a run: its scores with intervals and floors, and figures.
 *
 * @param folder Of the run, or of an experiment for its latest run.
 * @throws {DataError} where there is no run.
 */
export async function showRun(folder: string, { figures = ["confusion"] }: ShowRunOptions = {}): Promise<void> {
  const run = await openRun(folder);
  const metrics = JSON.parse(await run.readText("metrics.json")) as Metrics;
  for (const [part, { pooled }] of Object.entries(metrics.parts)) {
    for (const [unit, scores] of Object.entries(pooled)) {
      const rows = Object.entries(scores ?? {}).filter(([name]) => !name.includes("/")).map(scoreRow);
      await showTable(rows, { title: `${part}, by ${unit} (${run.folder})`, pageRows: 15 });
    }
  }
  for (const name of figures) {
    await showPlot(JSON.parse(await run.readText(`figures/${name}.json`)) as Figure);
  }
}

function scoreRow([score, { value, low, high, level, n, floor }]: [string, Score]) {
  return { score, value, low, high, level, n, floor };
}
