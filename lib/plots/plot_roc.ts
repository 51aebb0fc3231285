import type { Prediction } from "../evaluation/prediction.ts";
import { escapeMarkup } from "./escape_markup.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { judgedClasses } from "./judged_classes.ts";
import { DASHES, NEUTRAL, SERIES } from "./palette.ts";
import { rankedCounts } from "./ranked_counts.ts";
import { plotTemplate } from "./template.ts";
import { thinCurve } from "./thin_curve.ts";

/** Options of the figures that are drawn from predictions. */
export interface PredictionFigureOptions extends FigureOptions {
  /** In the order of the probabilities. */
  classes: readonly string[];
}

/**
 * Receiver operating characteristic, each class against the rest, with the area below it (trapezoids, so that ties
 * count half). A class that has no item, or nothing but, has no curve.
 */
export function plotRoc(predictions: readonly Prediction[], options: PredictionFigureOptions): Figure {
  const { title = "ROC", theme = "light", classes } = options;
  const curves = judgedClasses(classes).flatMap(({ name, index }) => {
    const positive = predictions.map((row) => row.label === name);
    const positives = positive.filter(Boolean).length;
    const negatives = positive.length - positives;
    if (positives === 0 || negatives === 0) return [];
    const counts = rankedCounts(predictions.map((row) => row.probabilities[index]), positive);
    const points = [
      { x: 0, y: 0 },
      ...counts.map((count) => ({ x: count.falsePositives / negatives, y: count.truePositives / positives })),
    ];
    return [{ name, points, area: area(points) }];
  });
  return {
    data: [
      ...curves.map(({ name, points, area }, i) => {
        const thin = thinCurve(points);
        return {
          type: "scatter" as const,
          mode: "lines" as const,
          x: thin.map((point) => point.x),
          y: thin.map((point) => point.y),
          name: `${escapeMarkup(name)}, AUC ${area.toFixed(3)}`,
          line: { width: 2, dash: DASHES[i % DASHES.length], color: SERIES[theme][i % SERIES[theme].length] },
          hovertemplate: `1 − specificity %{x:.3f}, sensitivity %{y:.3f}<extra>${escapeMarkup(name)}</extra>`,
        };
      }),
      {
        type: "scatter",
        mode: "lines",
        x: [0, 1],
        y: [0, 1],
        name: "chance, AUC 0.500",
        line: { color: NEUTRAL, width: 1, dash: "dot" },
        hoverinfo: "skip",
      },
    ],
    layout: {
      template: plotTemplate(theme),
      title: { text: title },
      xaxis: { title: { text: "1 − specificity" }, range: [-0.01, 1.01], zeroline: false },
      yaxis: { title: { text: "sensitivity" }, range: [-0.01, 1.01], zeroline: false },
      legend: { x: 1, y: 0, xanchor: "right", yanchor: "bottom" },
      height: 400,
    },
  };
}

function area(points: readonly { x: number; y: number }[]): number {
  return points.slice(1).reduce((sum, point, i) => sum + (point.x - points[i].x) * (point.y + points[i].y) / 2, 0);
}
