import { escapeMarkup } from "./escape_markup.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { DASHES, SERIES } from "./palette.ts";
import { LEGEND_ABOVE } from "./legend_above.ts";
import { plotTemplate } from "./template.ts";

/** One line of {@linkcode plotIntervalCurve}: values with the ends of their intervals, where they have one. */
export interface IntervalCurve {
  name: string;
  points: readonly { x: number; y: number; low?: number | null; high?: number | null }[];
}

/** Options of {@linkcode plotIntervalCurve}. */
export interface IntervalCurveOptions extends FigureOptions {
  x: string;
  y: string;
}

/** Values over an amount, such as the subjects of a study, joined by lines and each with its interval. */
export function plotIntervalCurve(curves: readonly IntervalCurve[], options: IntervalCurveOptions): Figure {
  const { title = "", x, y } = options;
  return {
    data: curves.map(({ name, points }, i) => ({
      type: "scatter",
      mode: "lines+markers",
      name: escapeMarkup(name),
      x: points.map((point) => point.x),
      y: points.map((point) => point.y),
      error_y: {
        type: "data",
        symmetric: false,
        array: points.map((point) => (point.high ?? point.y) - point.y),
        arrayminus: points.map((point) => point.y - (point.low ?? point.y)),
        thickness: 1.5,
      },
      line: { color: SERIES.light[i], dash: DASHES[i], width: 2 },
      marker: { size: 8, color: SERIES.light[i] },
      hovertemplate: `%{x}: %{y:.3f}<extra>${escapeMarkup(name)}</extra>`,
    })),
    layout: {
      template: plotTemplate("light"),
      title: { text: title },
      xaxis: { title: { text: escapeMarkup(x) }, rangemode: "tozero" },
      yaxis: { title: { text: escapeMarkup(y) } },
      ...LEGEND_ABOVE,
      height: 360,
    },
  };
}
