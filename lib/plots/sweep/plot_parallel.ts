import type { Trial } from "../../sweep/mod.ts";
import { escapeMarkup } from "../escape_markup.ts";
import type { Figure } from "../figure.ts";
import { LEGEND_ABOVE, NEUTRAL, SERIES, titled } from "../template.ts";
import {
  bestFirst,
  type NamedDimension,
  settingText,
  shareAlong,
  type SweepPlotOptions,
  type ValuedTrial,
} from "./sweep_plot.ts";

/** Height of a row, pixels. */
const ROW = 52;

/**
 * Every complete trial as a line down through its settings to its value, each row from its low to its high end: the best
 * one, the best quarter and the others. Rows, so that their names can be read on a narrow page too. A line begins anew
 * where a trial lacks a setting.
 */
export function plotParallel(
  trials: readonly Trial[],
  options: SweepPlotOptions & { dimensions: readonly NamedDimension[] },
): Figure {
  const { dimensions, title = "Settings side by side", direction, objective = "objective" } = options;
  const ranked = bestFirst(trials, direction);
  const quarter = Math.ceil(ranked.length / 4);
  const values = ranked.map(({ value }) => value), least = Math.min(...values), most = Math.max(...values);
  const share = (value: number) => most === least ? 0.5 : (value - least) / (most - least);
  const rows = [
    ...dimensions.map(rowText),
    `${escapeMarkup(objective)}<br><span style="font-size:11px">${least.toFixed(3)} to ${most.toFixed(3)}</span>`,
  ];
  const colours = SERIES.light;
  const lines = (of: ValuedTrial[], name: string, line: object, opacity: number) => ({
    ...{ type: "scatter", mode: "lines+markers", name, line, marker: { size: 5 }, opacity } as const,
    x: of.flatMap(({ params, value }) => [
      ...dimensions.map(({ key, dimension }) => key in params ? shareAlong(dimension, params[key]) : null),
      share(value),
      null,
    ]),
    // A missing point after each trial ends its line.
    y: of.flatMap(() => [...rows.keys(), null]),
    text: of.flatMap(({ number, params, value }) => {
      const settings = dimensions.map(({ key, label }) => `${escapeMarkup(label)} ${settingText(params[key])}`);
      return [...settings, `${escapeMarkup(objective)} ${value.toFixed(4)}`]
        .map((text) => `trial ${number}: ${escapeMarkup(text)}`).concat("");
    }),
    hovertemplate: "%{text}<extra></extra>",
  });
  return {
    data: [
      lines(ranked.slice(quarter), "others", { color: NEUTRAL, width: 1, dash: "dot" }, 0.6),
      lines(ranked.slice(1, quarter), "best quarter", { color: colours[0], width: 1.5 }, 0.9),
      lines(ranked.slice(0, 1), "best", { color: colours[2], width: 4 }, 1),
    ].filter(({ x }) => x.length > 0),
    layout: {
      ...titled(title),
      xaxis: { showticklabels: false, ticks: "", showgrid: false, zeroline: false, range: [-0.04, 1.04] },
      yaxis: {
        ...{ tickvals: [...rows.keys()], ticktext: rows, range: [rows.length - 0.5, -0.5] },
        ...{ zeroline: false, automargin: true },
      },
      ...LEGEND_ABOVE,
      margin: { ...LEGEND_ABOVE.margin, b: 12 },
      hovermode: "closest",
      height: 90 + ROW * rows.length,
    },
  };
}

/** Name of a row, and below it what its ends, or its choices from left to right, stand for. */
function rowText({ label, dimension }: NamedDimension): string {
  const ends = dimension.kind === "categorical"
    ? dimension.choices.map(settingText).join(" · ")
    : `${settingText(dimension.low)} to ${settingText(dimension.high)}${dimension.log ? ", by ratio" : ""}`;
  return `${escapeMarkup(label)}<br><span style="font-size:11px">${escapeMarkup(ends)}</span>`;
}
