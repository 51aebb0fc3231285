import { escapeMarkup } from "./escape_markup.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { intervalBars, scatter, valueLine } from "./marks.ts";
import { SERIES, titled } from "./template.ts";

/** A difference and its interval, where it has one. */
export interface NamedDifference {
  name: string;
  difference: number;
  low: number | null;
  high: number | null;
  /** Whether it stands against chance: drawn filled. */
  told: boolean;
}

/**
 * Differences as a forest plot, in the order given: points with their intervals beside the line of no difference.
 *
 * @param options `axis`: what is subtracted, `"F1 less that of the base"`.
 */
export function plotDifferences(rows: readonly NamedDifference[], options: FigureOptions & { axis: string }): Figure {
  const { title = "Differences", axis } = options;
  const groups = [[true, "told from chance"], [false, "not told from chance"]] as const;
  return {
    data: groups.map(([told, name]) => {
      const own = rows.filter((row) => row.told === told);
      return scatter(own, {
        ...{ name, x: ({ difference }) => difference, y: (row) => escapeMarkup(row.name) },
        error_x: intervalBars(own, ({ difference }) => difference, { thickness: 2, width: 5 }),
        marker: { size: 10, symbol: told ? "circle" : "circle-open", color: SERIES.light[0], line: { width: 2 } },
        hovertemplate: "%{y}: %{x:.3f}<extra></extra>",
      });
    }),
    layout: {
      ...titled(title),
      xaxis: { title: { text: escapeMarkup(axis) }, zeroline: false },
      yaxis: {
        ...{ type: "category", categoryorder: "array", autorange: "reversed", automargin: true },
        categoryarray: rows.map(({ name }) => escapeMarkup(name)),
      },
      shapes: [valueLine({ x: 0 })],
      showlegend: false,
      height: 150 + 38 * rows.length,
    },
  };
}
