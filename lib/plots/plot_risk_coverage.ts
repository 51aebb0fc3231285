import { type Prediction } from "../scores/mod.ts";
import { riskCoverage, riskCoverageArea } from "../statistics/mod.ts";
import { curve, type PredictionFigureOptions } from "./class_curves.ts";
import type { Figure } from "./figure.ts";
import { guideLine } from "./marks.ts";
import { LEGEND_ABOVE, SERIES, titled } from "./template.ts";

/**
 * What is gained by leaving the doubtful cases to a person: the share of errors among the predictions that the model is
 * surest of, by how many of them are kept (El-Yaniv and Wiener 2010). Sureness is the highest probability; the error is
 * that of the decision rule. The area is over all coverages; the curve is drawn from 20 predictions on.
 */
export function plotRiskCoverage(predictions: readonly Prediction[], options: PredictionFigureOptions): Figure {
  const { title = "Errors among the surest" } = options;
  const points = riskCoverage(
    predictions.map(({ probabilities }) => Math.max(...probabilities)),
    predictions.map(({ predicted, label }) => Number(predicted === label)),
  );
  const area = riskCoverageArea(points), all = points.at(-1)?.risk ?? 0;
  // The first points rest on a handful: they count in the area, but what is drawn starts at 20.
  const steady = points.filter(({ coverage }, i) => coverage * predictions.length > 19.5 || i === points.length - 1);
  return {
    data: [
      curve(steady.map(({ coverage, risk }) => ({ x: coverage, y: risk })), {
        name: `model, area ${area.toFixed(3)}`,
        line: { width: 2, color: SERIES.light[0] },
        hovertemplate: "surest %{x:.0%}: %{y:.1%} errors<extra></extra>",
      }),
      guideLine([all, all], `leaving out at random, ${(100 * all).toFixed(1)} %`),
    ],
    layout: {
      ...titled(title),
      xaxis: { title: { text: "share of predictions kept, surest first" }, range: [0, 1.01], tickformat: ".0%" },
      yaxis: { title: { text: "share of errors among them" }, rangemode: "tozero", tickformat: ".0%" },
      ...LEGEND_ABOVE,
      height: 440,
    },
  };
}
