import { plotTrials } from "../plots/mod.ts";
import type { Direction, Trial } from "../sweep/mod.ts";
import { showPlot } from "./show_plot.ts";
import { showTable } from "./show_table.ts";

/** Options of {@linkcode showSweep}. */
export interface ShowSweepOptions {
  /** Which end of the objective is better. @default {"maximize"} */
  direction?: Direction;
  /** Name of the objective. @default {"objective"} */
  objective?: string;
}

/** Shows the trials of a sweep: the objective by trial with the best so far, and a table with the best trial first. */
export async function showSweep(trials: readonly Trial[], options: ShowSweepOptions = {}): Promise<void> {
  const { direction = "maximize", objective = "objective" } = options;
  await showPlot(plotTrials(trials, { title: "Trials of the sweep", direction, objective }));
  const sign = direction === "maximize" ? -1 : 1;
  const rank = ({ value }: Trial) => value === null ? Infinity : sign * value;
  const rows = trials.toSorted((a, b) => rank(a) - rank(b))
    .map(({ number, state, value, params }) => ({ trial: number, state, [objective]: value, ...params }));
  await showTable(rows, { title: "Trials, the best one first", digits: 5 });
}
