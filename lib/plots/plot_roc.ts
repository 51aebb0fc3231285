import { type Prediction } from "../scores/mod.ts";
import { rocAuc, rocCurve } from "../statistics/mod.ts";
import { escapeMarkup } from "./escape_markup.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { judgedClasses } from "./judged_classes.ts";
import { guideLine, seriesLine } from "./marks.ts";
import { titled } from "./template.ts";
import { thinCurve } from "./thin_curve.ts";

/** Options of the figures that are drawn from predictions. */
export interface PredictionFigureOptions extends FigureOptions {
  /** In the order of the probabilities. */
  classes: readonly string[];
}

/**
 * Receiver operating characteristic, each class against the rest, with the area below it. A class that has no item, or nothing but, has no curve.
 */
export function plotRoc(predictions: readonly Prediction[], options: PredictionFigureOptions): Figure {
  const { title = "ROC", classes } = options;
  const curves = judgedClasses(classes).flatMap(({ name, index }) => {
    const positive = predictions.map((row) => Number(row.label === name));
    const positives = positive.filter(Boolean).length;
    if (positives === 0 || positives === positive.length) return [];
    const score = predictions.map((row) => row.probabilities[index]);
    const { falsePositiveRate, truePositiveRate } = rocCurve(positive, score);
    const points = falsePositiveRate.map((x, i) => ({ x, y: truePositiveRate[i] }));
    return [{ name, points, area: rocAuc(positive, score) }];
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
          line: seriesLine(i),
          hovertemplate: `1 − specificity %{x:.3f}, sensitivity %{y:.3f}<extra>${escapeMarkup(name)}</extra>`,
        };
      }),
      guideLine([0, 1], "chance, AUC 0.500"),
    ],
    layout: {
      ...titled(title),
      xaxis: { title: { text: "1 − specificity" }, range: [-0.01, 1.01], zeroline: false },
      yaxis: { title: { text: "sensitivity" }, range: [-0.01, 1.01], zeroline: false },
      legend: { x: 1, y: 0, xanchor: "right", yanchor: "bottom" },
      height: 440,
    },
  };
}
