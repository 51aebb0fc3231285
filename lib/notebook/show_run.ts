import { scoresByUnit } from "../scores/mod.ts";
import type { Figure } from "../plots/mod.ts";
import { openRun } from "../runs/mod.ts";
import { showPlot } from "./show_plot.ts";
import { showTable } from "./show_table.ts";

/**
 * Shows a run: its scores with intervals and floors, of all parts but those that something was chosen on, by what the
 * experiment is read by; and figures.
 *
 * @param folder Of the run, or of an experiment for its latest run.
 * @param options `figures` of the run, by the names of their files in `figures/`. @default {["confusion"]}
 * @throws {DataError} where there is no run.
 */
export async function showRun(folder: string, options: { figures?: readonly string[] } = {}): Promise<void> {
  const { figures = ["confusion"] } = options;
  const run = await openRun(folder);
  const [{ parts }, { experiment }] = [await run.metrics(), await run.config()];
  for (const part of Object.keys(parts).filter((part) => part !== "validation")) {
    const rows = Object.entries(scoresByUnit(parts[part].pooled, experiment.evaluation.unit));
    const overall = rows.filter(([name]) => !name.includes("/"))
      .map(([score, { value, low, high, level, n, unit, floor }]) => ({
        score,
        value,
        low,
        high,
        level,
        n,
        unit,
        floor,
      }));
    await showTable(overall, { title: `Scores of the part ${part}`, pageRows: 20 });
  }
  for (const name of figures) await showPlot(JSON.parse(await run.readText(`figures/${name}.json`)) as Figure);
}
