import { equalCountReliability } from "../statistics/mod.ts";
import { type Prediction } from "../scores/mod.ts";
import type { PredictionFigureOptions } from "./class_curves.ts";
import { escapeMarkup } from "./escape_markup.ts";
import type { Figure } from "./figure.ts";
import { guideLine, intervalBars, scatter } from "./marks.ts";
import { SERIES, titled } from "./template.ts";

/**
 * Is a probability of 0.8 right in 8 of 10 cases? Of two classes: the probability of the second against how often it
 * was true. Of more: the highest probability against how often that class was true. Below, how many predictions there
 * are at each probability.
 *
 * @param options `bins` of equally many predictions. @default {10}
 */
export function plotCalibration(
  predictions: readonly Prediction[],
  options: PredictionFigureOptions & { bins?: number },
): Figure {
  const { title = "Calibration", classes, bins: wanted } = options;
  const two = classes.length === 2;
  const said = predictions.map(({ probabilities }) => two ? 1 : probabilities.indexOf(Math.max(...probabilities)));
  const confidence = predictions.map((row, i) => row.probabilities[said[i]]);
  const right = predictions.map((row, i) => Number(row.label === classes[said[i]]));
  const bins = equalCountReliability(confidence, right, { bins: wanted });
  const color = SERIES.light[0];
  return {
    data: [
      guideLine([0, 1], "perfect"),
      scatter(bins, {
        ...{ mode: "lines+markers", name: "model, 95 % interval" },
        ...{ x: ({ confidence }) => confidence, y: ({ accuracy }) => accuracy },
        error_y: intervalBars(bins, ({ accuracy }) => accuracy, { width: 4, thickness: 1.5 }),
        text: ({ count }) => `${count} predictions`,
        marker: { size: 8, color },
        line: { width: 2, color },
        hovertemplate: "said %{x:.2f}, true in %{y:.2f} (%{text})<extra></extra>",
      }),
      {
        ...{ type: "bar", name: "predictions", showlegend: false, yaxis: "y2" },
        ...histogram(confidence),
        marker: { color, opacity: 0.5 },
        hovertemplate: "%{y} predictions near %{x:.3f}<extra></extra>",
      },
    ],
    layout: {
      ...titled(title),
      xaxis: {
        title: { text: two ? `probability of ${escapeMarkup(classes[1])}` : "probability of the class that was said" },
        range: [-0.01, 1.01],
        anchor: "y2",
        zeroline: false,
      },
      yaxis: { title: { text: "share that was true" }, range: [-0.02, 1.02], domain: [0.3, 1], zeroline: false },
      yaxis2: { title: { text: "count" }, domain: [0, 0.22], nticks: 3 },
      legend: { x: 0, y: 1, xanchor: "left", yanchor: "top" },
      bargap: 0.05,
      height: 440,
    },
  };
}

function histogram(values: readonly number[]): { x: number[]; y: number[] } {
  const columns = 40, y = new Array<number>(columns).fill(0);
  for (const value of values) y[Math.min(columns - 1, Math.floor(value * columns))]++;
  return { x: y.map((_, i) => (i + 0.5) / columns), y };
}
