import { type Score, scoresByUnit, type Unit } from "../scores/mod.ts";
import type { Figure } from "../plots/mod.ts";
import { openRun } from "../runs/mod.ts";
import { showPlot } from "./show_plot.ts";
import { showTable } from "./show_table.ts";

export interface ShowRunOptions {
  /** Figures of the run, by the names of their files in `figures/`. @default {["confusion"]} */
  figures?: readonly string[];
  /** @default all but those that something was chosen on */
  parts?: readonly string[];
  /** What is counted as one. @default what the experiment is read by */
  unit?: Unit;
}

/**
 * Shows a run: its scores with intervals and floors, and figures.
 *
 * @param folder Of the run, or of an experiment for its latest run.
 * @throws {DataError} where there is no run.
 */
export async function showRun(folder: string, options: ShowRunOptions = {}): Promise<void> {
  const { figures = ["confusion"] } = options;
  const run = await openRun(folder);
  const metrics = await run.metrics();
  const unit = options.unit ?? (await run.config()).experiment.evaluation.unit;
  const parts = options.parts ?? Object.keys(metrics.parts).filter((part) => part !== "validation");
  for (const part of parts) {
    const rows = Object.entries(scoresByUnit(metrics.parts[part]?.pooled ?? {}, unit));
    const overall = rows.filter(([name]) => !name.includes("/")).map(scoreRow);
    await showTable(overall, { title: `Scores of the part ${part}`, pageRows: 20 });
  }
  for (const name of figures) {
    await showPlot(JSON.parse(await run.readText(`figures/${name}.json`)) as Figure);
  }
}

function scoreRow([score, { value, low, high, level, n, unit, floor }]: [string, Score]) {
  return { score, value, low, high, level, n, unit, floor };
}
