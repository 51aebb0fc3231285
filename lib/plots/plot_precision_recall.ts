import { averagePrecision, precisionRecallCurve } from "../statistics/mod.ts";
import { type Prediction } from "../scores/mod.ts";
import { escapeMarkup } from "./escape_markup.ts";
import type { Figure } from "./figure.ts";
import { judgedClasses } from "./judged_classes.ts";
import { guideLine, seriesLine } from "./marks.ts";
import type { PredictionFigureOptions } from "./plot_roc.ts";
import { LEGEND_ABOVE } from "./legend_above.ts";
import { titled } from "./template.ts";
import { thinCurve } from "./thin_curve.ts";

/**
 * Precision by recall, each class against the rest, with the average precision (the sum of precision times the gain in
 * recall, no interpolation: Davis and Goadrich 2006). A dotted line shows what guessing reaches: the class's share.
 */
export function plotPrecisionRecall(predictions: readonly Prediction[], options: PredictionFigureOptions): Figure {
  const { title = "Precision and recall", classes } = options;
  const curves = judgedClasses(classes).flatMap(({ name, index }) => {
    const positive = predictions.map((row) => Number(row.label === name));
    const positives = positive.filter(Boolean).length;
    if (positives === 0) return [];
    const score = predictions.map((row) => row.probabilities[index]);
    const { precision, recall } = precisionRecallCurve(positive, score);
    const points = recall.map((x, i) => ({ x, y: precision[i] })).reverse();
    // The curve ends by definition at (0, 1), which no threshold reaches: draw it flat from the first that one does.
    points[0] = { x: 0, y: points[1].y };
    return [{ name, points, average: averagePrecision(positive, score), share: positives / positive.length }];
  });
  return {
    data: curves.flatMap(({ name, points, average, share }, i) => {
      const thin = thinCurve(points);
      const text = escapeMarkup(name);
      return [{
        type: "scatter" as const,
        mode: "lines" as const,
        x: thin.map((point) => point.x),
        y: thin.map((point) => point.y),
        name: `${text}, AP ${average.toFixed(3)}`,
        legendgroup: text,
        line: { ...seriesLine(i), shape: "vh" as const },
        hovertemplate: `recall %{x:.3f}, precision %{y:.3f}<extra>${text}</extra>`,
      }, {
        ...guideLine([share, share], `${text}, guessing ${share.toFixed(3)}`),
        ...{ legendgroup: text, showlegend: false, hoverinfo: "all" as const },
        hovertemplate: `guessing: precision %{y:.3f}<extra>${text}</extra>`,
      }];
    }),
    layout: {
      ...titled(title),
      xaxis: { title: { text: "recall" }, range: [-0.01, 1.01], zeroline: false },
      yaxis: { title: { text: "precision" }, range: [-0.01, 1.01], zeroline: false },
      ...LEGEND_ABOVE,
      height: 440,
    },
  };
}
