import { escapeMarkup } from "./escape_markup.ts";
import type { PartMetrics } from "../scores/mod.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { NEUTRAL, SHADES, titled } from "./template.ts";

/**
 * A confusion matrix: rows are the true classes, shaded by their share of the row, so that rare classes are as
 * visible as frequent ones; the cells tell the counts.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * const figure = plotConfusion({ classes: ["Normal", "Wheeze"], counts: [[8, 2], [1, 3]] });
 * expect(figure.layout.annotations?.[1].text).toBe("2<br>20 %");
 * ```
 */
export function plotConfusion(
  { classes, counts }: PartMetrics["confusion"],
  { title = "Confusion matrix" }: FigureOptions = {},
): Figure {
  const totals = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
  const shares = counts.map((row, t) => row.map((count) => totals[t] === 0 ? 0 : count / totals[t]));
  const percent = (share: number) => `${(100 * share).toFixed(share > 0 && share < 0.0995 ? 1 : 0)} %`;
  const names = classes.map(escapeMarkup);
  return {
    data: [{
      ...{ type: "heatmap", x: names, y: names, z: shares, zmin: 0, zmax: 1, customdata: counts },
      ...{ colorscale: SHADES, showscale: false, xgap: 2, ygap: 2 },
      hovertemplate: "true %{y}, predicted %{x}<br>%{customdata} items, %{z:.1%} of the class<extra></extra>",
    }],
    layout: {
      ...titled(title),
      xaxis: { title: { text: "predicted class" }, type: "category", showgrid: false, side: "bottom" },
      yaxis: { title: { text: "true class" }, type: "category", showgrid: false, autorange: "reversed" },
      annotations: counts.flatMap((row, t) =>
        row.map((count, p) => ({
          ...{ x: p, y: t, showarrow: false },
          text: count === 0 ? "0" : `${count}<br>${percent(shares[t][p])}`,
          font: count === 0 ? { color: NEUTRAL } : t === p ? { weight: 600 } : {},
        }))
      ),
      height: 160 + 52 * classes.length,
    },
  };
}
