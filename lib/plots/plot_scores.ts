import type { Score } from "../scores/mod.ts";
import { escapeMarkup } from "./escape_markup.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { intervalBars, scatter } from "./marks.ts";
import { LEGEND_ABOVE, NEUTRAL, SERIES, titled } from "./template.ts";

/** A score and what to call it. */
export interface NamedScore {
  name: string;
  score: Score;
  /** Figures of the same score to compare with. */
  references?: { kind: string; value: number; what: string }[];
}

/**
 * Scores as points with their intervals, on one axis from the lowest floor to 1: grey ticks are the floors (what is
 * reached with no sound), diamonds are references, one colour a kind. Scores without a value are left out.
 */
export function plotScores(scores: readonly NamedScore[], options: FigureOptions = {}): Figure {
  const { title = "Scores with their intervals and floors" } = options;
  const shown = scores.filter(({ score }) => score.value !== null);
  const floors = shown.flatMap(({ name, score }) =>
    Object.entries(score.floors).map(([floor, value]) => ({ name, floor, value }))
  );
  const compared = shown.flatMap(({ name, references = [] }) => references.map((one) => ({ name, ...one })));
  const level = shown[0]?.score.level ?? 0.95;
  const label = ({ name }: { name: string }) => escapeMarkup(name);
  return {
    data: [
      scatter(floors, {
        ...{ name: "floor", x: ({ value }) => value, y: label, text: ({ floor }) => escapeMarkup(floor) },
        marker: { symbol: "line-ns-open", size: 16, color: NEUTRAL, line: { width: 2 } },
        hovertemplate: "floor %{text}: %{x:.3f}<extra></extra>",
      }),
      scatter(shown, {
        name: `value, ${Math.round(100 * level)} % interval`,
        ...{ x: ({ score }) => score.value, y: label, text: ({ score }) => `${score.n} ${score.unit}s` },
        error_x: intervalBars(shown.map(({ score }) => score), ({ value }) => value!, { thickness: 2, width: 5 }),
        marker: { size: 10, color: SERIES.light[0] },
        hovertemplate: "%{y}: %{x:.3f} (%{text})<extra></extra>",
      }),
      ...Array.from(Map.groupBy(compared, ({ kind }) => kind), ([kind, of], i) =>
        scatter(of, {
          ...{ name: kind, x: ({ value }) => value, y: label, text: ({ what }) => escapeMarkup(what) },
          marker: { symbol: "diamond-open", size: 11, color: SERIES.light[1 + i], line: { width: 2 } },
          hovertemplate: `${kind} %{x:.3f}: %{text}<extra></extra>`,
        })),
    ],
    layout: {
      ...titled(title),
      xaxis: { title: { text: "score" }, zeroline: false },
      yaxis: { type: "category", categoryarray: shown.map(label), categoryorder: "array", autorange: "reversed" },
      ...LEGEND_ABOVE,
      height: 180 + 38 * shown.length,
    },
  };
}
