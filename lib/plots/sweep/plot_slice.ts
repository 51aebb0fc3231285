import type { Trial } from "../../sweep/mod.ts";
import { escapeMarkup } from "../escape_markup.ts";
import type { Figure } from "../figure.ts";
import { valueLine } from "../marks.ts";
import { SERIES } from "../palette.ts";
import { titled } from "../template.ts";
import { logTicks } from "./log_ticks.ts";
import {
  bestFirst,
  choiceText,
  type NamedDimension,
  type SweepPlotOptions,
  type ValuedTrial,
  valuedTrials,
} from "./sweep_plot.ts";

/** The objective by one setting, whatever the others were; a dotted line is the experiment's own setting. */
export function plotSlice(
  trials: readonly Trial[],
  options: SweepPlotOptions & { of: NamedDimension },
): Figure {
  const { of: { key, label, dimension, default: own }, direction, objective = "objective" } = options;
  const { title = label } = options;
  const having = trials.filter(({ params }) => key in params);
  const [best, ...others] = bestFirst(having, direction);
  const colours = SERIES.light;
  const points = (of: ValuedTrial[], name: string, marker: object) => ({
    type: "scatter" as const,
    mode: "markers" as const,
    name,
    x: of.map(({ params, number }) =>
      dimension.kind === "categorical" ? dimension.choices.indexOf(params[key]) + beside(number) : params[key] as number
    ),
    y: of.map(({ value }) => value),
    text: of.map(({ number, params }) => `trial ${number}: ${escapeMarkup(label)} ${choiceText(params[key])}`),
    marker,
    hovertemplate: "%{text}, %{y:.4f}<extra>%{fullData.name}</extra>",
  });
  return {
    data: [
      points(others, "trained to the end", { size: 7, color: colours[0], opacity: 0.75 }),
      points(valuedTrials(having, "pruned"), "stopped early", {
        size: 7,
        symbol: "x-thin",
        line: { width: 1.5, color: colours[1] },
        opacity: 0.75,
      }),
      points(best ? [best] : [], "best", { size: 12, symbol: "star", color: colours[2] }),
    ],
    layout: {
      ...titled(escapeMarkup(title)),
      xaxis: {
        title: { text: escapeMarkup(label) },
        ...(dimension.kind === "categorical"
          ? {
            tickvals: [...dimension.choices.keys()],
            ticktext: dimension.choices.map(choiceText),
            range: [-0.5, dimension.choices.length - 0.5],
            zeroline: false,
          }
          : dimension.log
          ? { type: "log" as const, ...logTicks(dimension.low, dimension.high) }
          : {}),
      },
      yaxis: { title: { text: escapeMarkup(objective) } },
      shapes: own === undefined
        ? []
        : [valueLine({ x: dimension.kind === "categorical" ? dimension.choices.indexOf(own) : own as number })],
      showlegend: false,
      height: 300,
    },
  };
}

/** Moves the points of one choice apart, each by its number: the fractions of multiples of the golden ratio lie evenly. */
function beside(number: number): number {
  return 0.3 * ((number * 0.6180339887) % 1 - 0.5);
}
