import type { Trial } from "../../sweep/mod.ts";
import { escapeMarkup } from "../escape_markup.ts";
import type { Figure } from "../figure.ts";
import { scatter, valueLine } from "../marks.ts";
import { LEGEND_ABOVE, SERIES, titled } from "../template.ts";
import { bestFirst, type SweepPlotOptions } from "./sweep_plot.ts";

/**
 * What every trial reported on its way; a cross marks where one was stopped early.
 *
 * @param options `epochsPerFold`, where all trials have as many: a line stands where the next fold begins.
 */
export function plotTrialCurves(
  trials: readonly Trial[],
  options: SweepPlotOptions & { epochsPerFold?: number } = {},
): Figure {
  const { title = "Learning curves", direction, objective = "objective", epochsPerFold } = options;
  const [best] = bestFirst(trials, direction);
  const colours = SERIES.light;
  const lines = (of: readonly Trial[], name: string, style: { line: object; opacity: number }) => {
    const steps = of.map(({ intermediate }) => [...intermediate].toSorted(([a], [b]) => a - b));
    return {
      ...{ type: "scatter", mode: "lines", name } as const,
      x: steps.flatMap((own) => [...own.map(([step]) => step), null]),
      y: steps.flatMap((own) => [...own.map(([, value]) => Number.isFinite(value) ? value : null), null]),
      text: of.flatMap(({ number }, i) => [...steps[i].map(() => `trial ${number}`), ""]),
      ...style,
      hovertemplate: "%{text}, epoch %{x}: %{y:.4f}<extra>%{fullData.name}</extra>",
    };
  };
  const pruned = trials.filter(({ state }) => state === "pruned");
  const ends = pruned.filter(({ intermediate }) => intermediate.size > 0)
    .map(({ number, intermediate }) => ({ number, end: [...intermediate].toSorted(([a], [b]) => b - a)[0] }));
  const longest = Math.max(0, ...trials.flatMap(({ intermediate }) => [...intermediate.keys()]));
  const borders = epochsPerFold ? Array.from({ length: Math.ceil(longest / epochsPerFold) - 1 }, (_, i) => i + 1) : [];
  const others = trials.filter((trial) => trial.state === "complete" && trial !== best);
  return {
    data: [
      lines(pruned, "stopped early", { line: { color: colours[1], width: 1, dash: "dot" }, opacity: 0.7 }),
      lines(others, "trained to the end", { line: { color: colours[0], width: 1 }, opacity: 0.5 }),
      scatter(ends, {
        ...{ name: "stopped here", x: ({ end }) => end[0], y: ({ end }) => end[1] },
        text: ({ number }) => `trial ${number}`,
        marker: { symbol: "x-thin", size: 8, line: { width: 2, color: colours[1] } },
        hovertemplate: "%{text} was stopped in epoch %{x} at %{y:.4f}<extra></extra>",
      }),
      lines(best ? [best] : [], "best", { line: { color: colours[2], width: 3 }, opacity: 1 }),
    ].filter(({ x }) => x!.length > 0),
    layout: {
      ...titled(title),
      xaxis: {
        title: { text: borders.length > 0 ? "epoch, counted on through the folds" : "epoch" },
        rangemode: "tozero",
      },
      yaxis: { title: { text: `${escapeMarkup(objective)} so far` } },
      shapes: borders.map((fold) =>
        valueLine({ x: fold * epochsPerFold! + 0.5 }, { color: "rgba(128,128,128,0.5)", width: 1, dash: "dash" })
      ),
      ...LEGEND_ABOVE,
      hovermode: "closest",
      height: 420,
    },
  };
}
