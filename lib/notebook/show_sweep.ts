import type { Figure } from "../plots/mod.ts";
import { plotTemplate } from "../plots/mod.ts";
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
  await showPlot(plotTrials(trials, { direction, objective }));
  const sign = direction === "maximize" ? -1 : 1;
  const rank = ({ value }: Trial) => value === null ? Infinity : sign * value;
  const rows = trials.toSorted((a, b) => rank(a) - rank(b))
    .map(({ number, state, value, params }) => ({ trial: number, state, [objective]: value, ...params }));
  await showTable(rows, { title: "Trials, the best one first", digits: 5 });
}

function plotTrials(trials: readonly Trial[], { direction, objective }: Required<ShowSweepOptions>): Figure {
  const valued = trials.filter((trial): trial is Trial & { value: number } => trial.value !== null);
  const complete = valued.filter(({ state }) => state === "complete");
  const better = direction === "maximize" ? Math.max : Math.min;
  const best = complete.map((_, i) => better(...complete.slice(0, i + 1).map(({ value }) => value)));
  const points = (state: string) => valued.filter((trial) => trial.state === state);
  const markers = (state: string, name: string) => ({
    type: "scatter" as const,
    mode: "markers" as const,
    name,
    x: points(state).map(({ number }) => number),
    y: points(state).map(({ value }) => value),
  });
  return {
    data: [markers("complete", "complete"), markers("pruned", "pruned (last value)"), {
      type: "scatter",
      mode: "lines",
      name: "best so far",
      x: complete.map(({ number }) => number),
      y: best,
      line: { shape: "hv" },
    }],
    layout: {
      template: plotTemplate("light"),
      title: { text: "Trials of the sweep" },
      xaxis: { title: { text: "trial" } },
      yaxis: { title: { text: objective } },
      legend: { orientation: "h", x: 0, y: 1.02, yanchor: "bottom" },
      height: 360,
    },
  };
}
