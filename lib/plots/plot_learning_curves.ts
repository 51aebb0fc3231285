import type { HistoryRow } from "../training/mod.ts";
import { escapeMarkup } from "./escape_markup.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { DASHES } from "./palette.ts";
import { LEGEND_ABOVE } from "./legend_above.ts";
import { plotTemplate, titled } from "./template.ts";

/** One epoch of one training, as in `history.csv`. */
export interface LearningCurveRow extends Pick<HistoryRow, "epoch" | "loss" | "validationLoss" | "validationScore"> {
  fold: number;
  seed: number;
}

export interface LearningCurvesOptions extends FigureOptions {
  /** Name of the score that picks the checkpoint. @default {"validation score"} */
  score?: string;
}

const COLUMNS = ["loss", "validationLoss", "validationScore"] as const;

/**
 * Loss (above) and the score on inner validation (below) by epoch: one thin line a training, and their mean over the
 * trainings that reached the epoch.
 */
export function plotLearningCurves(rows: readonly LearningCurveRow[], options: LearningCurvesOptions = {}): Figure {
  const { title = "Learning curves", score = "validation score" } = options;
  const names = { loss: "training loss", validationLoss: "validation loss", validationScore: escapeMarkup(score) };
  const trainings = [...Map.groupBy(rows, (row) => `fold ${row.fold}, seed ${row.seed}`)];
  const lastEpoch = rows.reduce((last, row) => Math.max(last, row.epoch), 0);
  const epochs = Array.from({ length: lastEpoch }, (_, i) => i + 1);
  const template = plotTemplate("light");
  const data = COLUMNS.flatMap((column, c) => {
    const line = { color: template.layout!.colorway![c], dash: DASHES[c] };
    const yaxis = column === "validationScore" ? "y2" as const : "y" as const;
    const name = names[column];
    const single = trainings.map(([training, epochsOf]) => ({
      type: "scatter" as const,
      mode: "lines" as const,
      x: epochsOf.map((row) => row.epoch),
      y: epochsOf.map((row) => row[column]),
      yaxis,
      name: `${name}, ${training}`,
      legendgroup: name,
      showlegend: trainings.length === 1,
      line: { ...line, width: trainings.length === 1 ? 2 : 1 },
      opacity: trainings.length === 1 ? 1 : 0.35,
      hovertemplate: `${training}, epoch %{x}: %{y:.3f}<extra>${name}</extra>`,
    }));
    if (trainings.length === 1) return [{ ...single[0], name }];
    const mean = epochs.map((epoch) => average(rows.filter((row) => row.epoch === epoch).map((row) => row[column])));
    return [...single, {
      type: "scatter" as const,
      mode: "lines" as const,
      x: epochs,
      y: mean,
      yaxis,
      name: `${name}, mean of ${trainings.length}`,
      legendgroup: name,
      line: { ...line, width: 2.5 },
      hovertemplate: `mean, epoch %{x}: %{y:.3f}<extra>${name}</extra>`,
    }];
  });
  return {
    data,
    layout: {
      ...titled(title),
      xaxis: { title: { text: "epoch" }, anchor: "y2", rangemode: "tozero" },
      yaxis: { title: { text: "loss" }, domain: [0.54, 1], rangemode: "tozero" },
      yaxis2: { title: { text: "score" }, domain: [0, 0.46] },
      ...LEGEND_ABOVE,
      height: 460,
    },
  };
}

function average(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
