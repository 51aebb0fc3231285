import type { ParamValue, Trial } from "../../sweep/mod.ts";
import { escapeMarkup } from "../escape_markup.ts";
import type { Figure } from "../figure.ts";
import { scatter, valueLine } from "../marks.ts";
import { SERIES, titled } from "../template.ts";
import {
  bestFirst,
  choiceText,
  type NamedDimension,
  numberAxis,
  type SweepPlotOptions,
  type ValuedTrial,
  valuedTrials,
} from "./sweep_plot.ts";

type SliceOptions = SweepPlotOptions & { of: NamedDimension };

/** The objective by one setting, whatever the others were; a dotted line is the experiment's own setting. */
export function plotSlice(
  trials: readonly Trial[],
  { of: { key, label, dimension, default: own }, direction, objective = "objective", title = label }: SliceOptions,
): Figure {
  const having = trials.filter(({ params }) => key in params);
  const [best, ...others] = bestFirst(having, direction);
  const colours = SERIES.light;
  const place = (value: ParamValue) =>
    dimension.kind === "categorical" ? dimension.choices.indexOf(value) : value as number;
  const points = (of: ValuedTrial[], name: string, marker: object) =>
    scatter(of, {
      ...{ name, marker, y: ({ value }) => value },
      x: ({ params, number }) => place(params[key]) + (dimension.kind === "categorical" ? beside(number) : 0),
      text: ({ number, params }) => `trial ${number}: ${escapeMarkup(label)} ${choiceText(params[key])}`,
      hovertemplate: "%{text}, %{y:.4f}<extra>%{fullData.name}</extra>",
    });
  return {
    data: [
      points(others, "trained to the end", { size: 7, color: colours[0], opacity: 0.75 }),
      points(valuedTrials(having, "pruned"), "stopped early", {
        ...{ size: 7, symbol: "x-thin", opacity: 0.75 },
        line: { width: 1.5, color: colours[1] },
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
          : numberAxis(dimension)),
      },
      yaxis: { title: { text: escapeMarkup(objective) } },
      shapes: own === undefined ? [] : [valueLine({ x: place(own) })],
      showlegend: false,
      height: 300,
    },
  };
}

/** Moves the points of one choice apart, each by its number: the fractions of multiples of the golden ratio lie evenly. */
function beside(number: number): number {
  return 0.3 * ((number * 0.6180339887) % 1 - 0.5);
}
