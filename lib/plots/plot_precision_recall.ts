import { averagePrecision, precisionRecallCurve } from "../statistics/mod.ts";
import { type Prediction } from "../scores/mod.ts";
import { curve, judgedClasses, type PredictionFigureOptions } from "./class_curves.ts";
import { escapeMarkup } from "./escape_markup.ts";
import type { Figure } from "./figure.ts";
import { guideLine, seriesLine } from "./marks.ts";
import { LEGEND_ABOVE, titled } from "./template.ts";

/**
 * Precision by recall, each class against the rest, with the average precision (the sum of precision times the gain in
 * recall, no interpolation: Davis and Goadrich 2006). A dotted line shows what guessing reaches: the class's share.
 */
export function plotPrecisionRecall(predictions: readonly Prediction[], options: PredictionFigureOptions): Figure {
  const { title = "Precision and recall", classes } = options;
  return {
    data: judgedClasses(predictions, classes).flatMap(({ name, positive, score, share }, i) => {
      const { precision, recall } = precisionRecallCurve(positive, score);
      const points = recall.map((x, i) => ({ x, y: precision[i] })).reverse();
      // The curve ends by definition at (0, 1), which no threshold reaches: draw it flat from the first that one does.
      points[0] = { x: 0, y: points[1].y };
      const text = escapeMarkup(name);
      return [
        curve(points, {
          name: `${text}, AP ${averagePrecision(positive, score).toFixed(3)}`,
          legendgroup: text,
          line: { ...seriesLine(i), shape: "vh" },
          hovertemplate: `recall %{x:.3f}, precision %{y:.3f}<extra>${text}</extra>`,
        }),
        {
          ...guideLine([share, share], `${text}, guessing ${share.toFixed(3)}`),
          ...{ legendgroup: text, showlegend: false, hoverinfo: "all" },
          hovertemplate: `guessing: precision %{y:.3f}<extra>${text}</extra>`,
        },
      ];
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
