import type { Trial } from "../../sweep/mod.ts";
import { escapeMarkup } from "../escape_markup.ts";
import type { Figure } from "../figure.ts";
import { scatter, valueLine } from "../marks.ts";
import { LEGEND_ABOVE, SERIES, titled } from "../template.ts";
import { type SweepPlotOptions, valuedTrials } from "./sweep_plot.ts";

/**
 * The objective of every trial in the order of their numbers, and the best so far.
 *
 * @param options `own`: value of the experiment's own settings, a line to beat.
 */
export function plotTrials(trials: readonly Trial[], options: SweepPlotOptions & { own?: number | null } = {}): Figure {
  const { title = "Each trial, and the best so far", direction = "maximize", objective = "objective" } = options;
  const { own = null } = options;
  const complete = valuedTrials(trials, "complete"), pruned = valuedTrials(trials, "pruned");
  const better = direction === "maximize" ? Math.max : Math.min;
  let best = direction === "maximize" ? -Infinity : Infinity;
  const colours = SERIES.light;
  const points = (of: typeof complete, name: string, marker: object) =>
    scatter(of, {
      ...{ name, marker, x: ({ number }) => number, y: ({ value }) => value },
      hovertemplate: "trial %{x}: %{y:.4f}<extra>%{fullData.name}</extra>",
    });
  return {
    data: [
      points(complete, "trained to the end", { size: 8, color: colours[0] }),
      points(pruned, "stopped early (last value)", {
        ...{ size: 8, color: colours[1], symbol: "x-thin" },
        line: { width: 2, color: colours[1] },
      }),
      scatter(complete, {
        ...{ mode: "lines", name: "best so far", x: ({ number }) => number },
        y: ({ value }) => best = better(best, value),
        line: { shape: "hv", color: colours[2], width: 2 },
        hovertemplate: "best up to trial %{x}: %{y:.4f}<extra></extra>",
      }),
    ],
    layout: {
      shapes: own === null ? [] : [valueLine({ y: own })],
      ...titled(title),
      xaxis: { title: { text: "trial" } },
      yaxis: { title: { text: escapeMarkup(objective) } },
      ...LEGEND_ABOVE,
      height: 380,
    },
  };
}
