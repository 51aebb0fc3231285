import { type Prediction } from "../scores/mod.ts";
import { rocAuc, rocCurve } from "../statistics/mod.ts";
import { curve, judgedClasses, type PredictionFigureOptions } from "./class_curves.ts";
import { escapeMarkup } from "./escape_markup.ts";
import type { Figure } from "./figure.ts";
import { guideLine, seriesLine } from "./marks.ts";
import { titled } from "./template.ts";

/**
 * Receiver operating characteristic, each class against the rest, with the area below it. A class that has no item, or nothing but, has no curve.
 */
export function plotRoc(predictions: readonly Prediction[], options: PredictionFigureOptions): Figure {
  const { title = "ROC", classes } = options;
  const judged = judgedClasses(predictions, classes).filter(({ share }) => share < 1);
  return {
    data: [
      ...judged.map(({ name, positive, score }, i) => {
        const { falsePositiveRate, truePositiveRate } = rocCurve(positive, score);
        return curve(falsePositiveRate.map((x, i) => ({ x, y: truePositiveRate[i] })), {
          name: `${escapeMarkup(name)}, AUC ${rocAuc(positive, score).toFixed(3)}`,
          line: seriesLine(i),
          hovertemplate: `1 − specificity %{x:.3f}, sensitivity %{y:.3f}<extra>${escapeMarkup(name)}</extra>`,
        });
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
