import type { HistoryRow } from "../training/mod.ts";
import { escapeMarkup } from "./escape_markup.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { scatter } from "./marks.ts";
import { DASHES, LEGEND_ABOVE, SERIES, titled } from "./template.ts";

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
  const data = COLUMNS.flatMap((column, c) => {
    const line = { color: SERIES.light[c], dash: DASHES[c] };
    const name = names[column], alone = trainings.length === 1;
    const look = { mode: "lines", yaxis: column === "validationScore" ? "y2" : "y", legendgroup: name } as const;
    const each = trainings.map(([training, rows]) =>
      scatter(rows, {
        ...{ ...look, x: ({ epoch }) => epoch, y: (row) => row[column] },
        name: alone ? name : `${name}, ${training}`,
        showlegend: alone,
        line: { ...line, width: alone ? 2 : 1 },
        opacity: alone ? 1 : 0.35,
        hovertemplate: `${training}, epoch %{x}: %{y:.3f}<extra>${name}</extra>`,
      })
    );
    if (alone) return each;
    const mean = scatter(epochs, {
      ...{ ...look, x: (epoch) => epoch, name: `${name}, mean of ${trainings.length}` },
      y: (epoch) => average(rows.filter((row) => row.epoch === epoch).map((row) => row[column])),
      line: { ...line, width: 2.5 },
      hovertemplate: `mean, epoch %{x}: %{y:.3f}<extra>${name}</extra>`,
    });
    return [...each, mean];
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
