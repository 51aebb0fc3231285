import type { Prediction } from "../evaluation/prediction.ts";
import type { Figure } from "./figure.ts";
import { NEUTRAL, SERIES } from "./palette.ts";
import type { PredictionFigureOptions } from "./plot_roc.ts";
import { LEGEND_ABOVE } from "./legend_above.ts";
import { plotTemplate } from "./template.ts";
import { type CurvePoint, thinCurve } from "./thin_curve.ts";

/**
 * What is gained by leaving the doubtful cases to a person: the share of errors among the predictions that the model is
 * surest of, by how many of them are kept (El-Yaniv and Wiener 2010). Sureness is the highest probability; the error is
 * that of the decision rule.
 */
export function plotRiskCoverage(predictions: readonly Prediction[], options: PredictionFigureOptions): Figure {
  const { title = "Errors among the surest", theme = "light" } = options;
  const points = riskByCoverage(predictions);
  const area = points.reduce((sum, point) => sum + point.y, 0) / Math.max(1, points.length);
  const thin = thinCurve(points);
  const all = points.at(-1)?.y ?? 0;
  return {
    data: [
      {
        type: "scatter",
        mode: "lines",
        name: `model, area ${area.toFixed(3)}`,
        x: thin.map((point) => point.x),
        y: thin.map((point) => point.y),
        line: { width: 2, color: SERIES[theme][0] },
        hovertemplate: "surest %{x:.0%}: %{y:.1%} errors<extra></extra>",
      },
      {
        type: "scatter",
        mode: "lines",
        name: `leaving out at random, ${(100 * all).toFixed(1)} %`,
        x: [0, 1],
        y: [all, all],
        line: { color: NEUTRAL, width: 1, dash: "dot" },
        hoverinfo: "skip",
      },
    ],
    layout: {
      template: plotTemplate(theme),
      title: { text: title },
      xaxis: { title: { text: "share of predictions kept, surest first" }, range: [0, 1.01], tickformat: ".0%" },
      yaxis: { title: { text: "share of errors among them" }, rangemode: "tozero", tickformat: ".0%" },
      ...LEGEND_ABOVE,
      height: 440,
    },
  };
}

/** Predictions of equal sureness enter together. The first points rest on a handful and are left out: at least 20. */
function riskByCoverage(predictions: readonly Prediction[]): CurvePoint[] {
  const sureness = predictions.map((row) => Math.max(...row.probabilities));
  const order = sureness.map((_, i) => i).sort((a, b) => sureness[b] - sureness[a]);
  const points: CurvePoint[] = [];
  let errors = 0;
  order.forEach((item, rank) => {
    if (predictions[item].predicted !== predictions[item].label) errors++;
    const next = order[rank + 1];
    const whole = next === undefined || sureness[next] !== sureness[item];
    if (whole && (rank + 1 >= 20 || next === undefined)) {
      points.push({ x: (rank + 1) / order.length, y: errors / (rank + 1) });
    }
  });
  return points;
}
