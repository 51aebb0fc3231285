import type { Dimension } from "../../experiment/mod.ts";
import type { Trial } from "../../sweep/mod.ts";
import { escapeMarkup } from "../escape_markup.ts";
import type { Figure } from "../figure.ts";
import { scatter } from "../marks.ts";
import { SERIES, titled } from "../template.ts";
import {
  bestFirst,
  choiceText,
  type NamedDimension,
  numberAxis,
  shareAlong,
  type SweepPlotOptions,
} from "./sweep_plot.ts";

/** Cells of a number's axis. */
const CELLS = 40;
/** Width of the smoothing kernel, as a share of an axis. */
const WIDTH = 0.12;

/** From weak to strong on either paper; the weakest still isn't blank, which means that nothing was tried. */
const SHADES: [number, string][] = [[0, "rgba(46, 134, 193, 0.1)"], [1, "rgba(46, 134, 193, 0.75)"]];

/**
 * The objective by two settings, smoothed over the complete trials (Nadaraya and Watson 1964, normal kernel of 12 % of each
 * axis); it is blank where no trial lies near. Dots are the trials.
 */
export function plotContour(
  trials: readonly Trial[],
  options: SweepPlotOptions & { x: NamedDimension; y: NamedDimension },
): Figure {
  const { x, y, title = `${x.label} and ${y.label}`, direction, objective = "objective" } = options;
  const having = bestFirst(trials, direction).filter(({ params }) => x.key in params && y.key in params);
  const points = having.map(({ params, value }): Point => ({
    at: [shareAlong(x.dimension, params[x.key]), shareAlong(y.dimension, params[y.key])],
    value,
  }));
  const [columns, rows] = [gridOf(x.dimension), gridOf(y.dimension)];
  const z = rows.map((row) => columns.map((column) => smoothed(points, [column.share, row.share])));
  const colours = SERIES.light, best = having.slice(0, 1);
  const setting = ({ key, label }: NamedDimension, { params }: Trial) =>
    `${escapeMarkup(label)} ${choiceText(params[key])}`;
  const mark = (of: typeof having, name: string, marker: object) =>
    scatter(of, {
      x: ({ params }) => axisValue(x.dimension, params[x.key]),
      y: ({ params }) => axisValue(y.dimension, params[y.key]),
      text: (trial) => `trial ${trial.number}: ${setting(x, trial)}, ${setting(y, trial)}, ${trial.value.toFixed(4)}`,
      ...{ name, marker, hovertemplate: "%{text}<extra></extra>", showlegend: false },
    });
  return {
    data: [
      {
        ...{ type: "heatmap", name: escapeMarkup(objective), z },
        ...{ x: columns.map(({ value }) => value), y: rows.map(({ value }) => value) },
        ...{ colorscale: SHADES, reversescale: direction === "minimize" },
        colorbar: { title: { text: escapeMarkup(objective), side: "right" }, thickness: 12 },
        hovertemplate: "about %{z:.4f}<extra></extra>",
        zsmooth: x.dimension.kind === "categorical" || y.dimension.kind === "categorical" ? false : "best",
      },
      mark(having.slice(1), "trial", {
        ...{ size: 6, color: colours[0] },
        line: { width: 1, color: "rgba(255,255,255,0.7)" },
      }),
      mark(best, "best", { ...{ size: 13, symbol: "star", color: colours[2] }, line: { width: 1, color: "#ffffff" } }),
    ],
    layout: {
      ...titled(escapeMarkup(title)),
      xaxis: { title: { text: escapeMarkup(x.label) }, ...axisOf(x.dimension) },
      yaxis: { title: { text: escapeMarkup(y.label) }, ...axisOf(y.dimension) },
      hovermode: "closest",
      height: 420,
    },
  };
}

interface Point {
  at: readonly [number, number];
  value: number;
}

/** The mean of the points, weighted by how near they are; `null` where hardly any is. */
function smoothed(points: readonly Point[], at: readonly [number, number]): number | null {
  let sum = 0, weights = 0;
  for (const { at: [u, v], value } of points) {
    const weight = Math.exp(-0.5 * ((u - at[0]) ** 2 + (v - at[1]) ** 2) / WIDTH ** 2);
    sum += weight * value;
    weights += weight;
  }
  // A single trial at twice the kernel's width.
  return weights < Math.exp(-2) ? null : sum / weights;
}

function gridOf(dimension: Dimension): { share: number; value: number | string }[] {
  if (dimension.kind === "categorical") {
    return dimension.choices.map((choice) => ({ share: shareAlong(dimension, choice), value: choiceText(choice) }));
  }
  const { low, high, log } = dimension;
  return Array.from({ length: CELLS + 1 }, (_, i) => {
    const share = i / CELLS;
    return { share, value: log ? low * (high / low) ** share : low + share * (high - low) };
  });
}

function axisValue(dimension: Dimension, value: Trial["params"][string]): number | string {
  return dimension.kind === "categorical" ? choiceText(value) : value as number;
}

function axisOf(dimension: Dimension) {
  if (dimension.kind === "categorical") {
    return { type: "category", categoryorder: "array", categoryarray: dimension.choices.map(choiceText) } as const;
  }
  return numberAxis(dimension);
}
