import type { Trial } from "../../sweep/mod.ts";
import { escapeMarkup } from "../escape_markup.ts";
import type { Figure } from "../figure.ts";
import { NEUTRAL, SERIES } from "../palette.ts";
import { LEGEND_ABOVE } from "../legend_above.ts";
import { plotTemplate } from "../template.ts";
import {
  bestFirst,
  type NamedDimension,
  settingText,
  shareAlong,
  type SweepPlotOptions,
  type ValuedTrial,
} from "./sweep_plot.ts";

/**
 * Every complete trial as a line through its settings to its value, each axis from its low to its high end: the best one,
 * the best tenth and the others. A line begins anew where a trial lacks a setting.
 */
export function plotParallel(
  trials: readonly Trial[],
  options: SweepPlotOptions & { dimensions: readonly NamedDimension[] },
): Figure {
  const { dimensions, title = "Settings side by side", theme = "light", direction, objective = "objective" } = options;
  const ranked = bestFirst(trials, direction);
  const tenth = Math.ceil(ranked.length / 10);
  const values = ranked.map(({ value }) => value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const height = (value: number) => most === least ? 0.5 : (value - least) / (most - least);
  const axes = [...dimensions.map(({ label }) => label), objective];
  const colours = SERIES[theme];
  const lines = (of: ValuedTrial[], name: string, line: object, opacity: number) => ({
    type: "scatter" as const,
    mode: "lines+markers" as const,
    name,
    // A missing point after each trial ends its line.
    x: of.flatMap(() => [...axes.keys(), null]),
    y: of.flatMap(({ params, value }) => [
      ...dimensions.map(({ key, dimension }) => key in params ? shareAlong(dimension, params[key]) : null),
      height(value),
      null,
    ]),
    text: of.flatMap(({ number, params, value }) => {
      const settings = dimensions.map(({ key, label }) => `${escapeMarkup(label)} ${settingText(params[key])}`);
      return [...settings, `${escapeMarkup(objective)} ${value.toFixed(4)}`]
        .map((text) => `trial ${number}: ${escapeMarkup(text)}`).concat("");
    }),
    line,
    marker: { size: 5 },
    opacity,
    hovertemplate: "%{text}<extra></extra>",
  });
  return {
    data: [
      lines(ranked.slice(tenth), "others", { color: NEUTRAL, width: 1 }, 0.45),
      lines(ranked.slice(1, tenth), "best tenth", { color: colours[0], width: 2 }, 0.9),
      lines(ranked.slice(0, 1), "best", { color: colours[2], width: 4 }, 1),
    ].filter(({ x }) => x.length > 0),
    layout: {
      template: plotTemplate(theme),
      title: { text: title },
      xaxis: {
        tickvals: [...axes.keys()],
        ticktext: axes.map(escapeMarkup),
        tickangle: axes.length > 6 ? -35 : 0,
        range: [-0.35, axes.length - 0.65],
        zeroline: false,
      },
      yaxis: { visible: false, range: [-0.12, 1.12] },
      annotations: axes.flatMap((_, axis) => endLabels(dimensions[axis], { axis, least, most })),
      ...LEGEND_ABOVE,
      hovermode: "closest",
      height: 440,
    },
  };
}

/** Texts at the ends of an axis, or at each choice. */
function endLabels(
  of: NamedDimension | undefined,
  { axis, least, most }: { axis: number; least: number; most: number },
) {
  const label = (y: number, text: string, above: boolean) => ({
    x: axis,
    y,
    text: escapeMarkup(text),
    showarrow: false,
    font: { size: 11 },
    yanchor: above ? "bottom" as const : "top" as const,
    yshift: above ? 4 : -4,
  });
  if (of === undefined) return [label(0, least.toFixed(3), false), label(1, most.toFixed(3), true)];
  const { dimension } = of;
  if (dimension.kind === "categorical") {
    return dimension.choices.map((choice) => {
      const at = shareAlong(dimension, choice);
      return label(at, settingText(choice), at > 0.5);
    });
  }
  return [label(0, settingText(dimension.low), false), label(1, settingText(dimension.high), true)];
}
