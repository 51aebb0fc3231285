import { scoresAsRead, type Unit } from "../scores/mod.ts";
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
 * Shows a run: its scores with intervals and floors, as its experiment is read by them, and figures.
 *
 * @param folder Of the run, or of an experiment for its latest run.
 * @throws {DataError} where there is no run.
 */
export async function showRun(folder: string, options: ShowRunOptions = {}): Promise<void> {
  const { figures = ["confusion"], parts: wanted, ...asked } = options;
  const run = await openRun(folder);
  const [{ parts }, { experiment }] = [await run.metrics(), await run.config()];
  for (const part of wanted ?? Object.keys(parts).filter((part) => part !== "validation")) {
    const read = part in parts ? scoresAsRead(parts[part], { ...experiment.evaluation, ...asked }) : {};
    const overall = Object.entries(read).filter(([name]) => !name.includes("/"))
      .map(([score, { value, low, high, level, n, unit, floor, over }]) => (
        { score, value, low, high, level, n, unit, floor, ...over ? { over } : {} }
      ));
    await showTable(overall, { title: `Scores of the part ${part}`, pageRows: 20 });
  }
  for (const name of figures) await showPlot(JSON.parse(await run.readText(`figures/${name}.json`)) as Figure);
}
