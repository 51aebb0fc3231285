import { escapeMarkup } from "./escape_markup.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { intervalBars, scatter, seriesLine } from "./marks.ts";
import { LEGEND_ABOVE, SERIES, titled } from "./template.ts";

/** One line of {@linkcode plotIntervalCurve}: values with the ends of their intervals, where they have one. */
export interface IntervalCurve {
  name: string;
  points: readonly { x: number; y: number; low?: number | null; high?: number | null }[];
}

/** Values over an amount, such as the subjects of a study, joined by lines and each with its interval. */
export function plotIntervalCurve(
  curves: readonly IntervalCurve[],
  { title = "", x, y }: FigureOptions & { x: string; y: string },
): Figure {
  return {
    data: curves.map(({ name, points }, i) =>
      scatter(points, {
        ...{ mode: "lines+markers", name: escapeMarkup(name), x: ({ x }) => x, y: ({ y }) => y },
        error_y: intervalBars(points, ({ y }) => y, { thickness: 1.5 }),
        line: seriesLine(i),
        marker: { size: 8, color: SERIES.light[i % SERIES.light.length] },
        hovertemplate: `%{x}: %{y:.3f}<extra>${escapeMarkup(name)}</extra>`,
      })
    ),
    layout: {
      ...titled(title),
      xaxis: { title: { text: escapeMarkup(x) }, rangemode: "tozero" },
      yaxis: { title: { text: escapeMarkup(y) } },
      ...LEGEND_ABOVE,
      height: 360,
    },
  };
}
