import { escapeMarkup } from "../escape_markup.ts";
import type { Figure, FigureOptions } from "../figure.ts";
import { SERIES, titled } from "../template.ts";

/** What share of the difference between good trials and all each setting accounts for, the largest on top. */
export function plotImportances(
  importances: readonly { label: string; share: number }[],
  { title = "Which setting matters" }: FigureOptions = {},
): Figure {
  const rows = importances.toReversed();
  return {
    data: [{
      ...{ type: "bar", orientation: "h", name: "importance" },
      x: rows.map(({ share }) => share),
      y: rows.map(({ label }) => escapeMarkup(label)),
      text: rows.map(({ share }) => `${Math.round(100 * share)} %`),
      ...{ textposition: "outside", cliponaxis: false, marker: { color: SERIES.light[0] } },
      hovertemplate: "%{y}: %{x:.1%}<extra></extra>",
    }],
    layout: {
      ...titled(title),
      xaxis: { title: { text: "share of the sum" }, tickformat: ".0%", range: [0, 1.08], tickvals: [0, 0.5, 1] },
      yaxis: { automargin: true },
      height: 140 + 34 * rows.length,
    },
  };
}
