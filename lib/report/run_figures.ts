import {
  type Figure,
  plotCalibration,
  plotConfusion,
  plotDifferences,
  plotLearningCurves,
  plotPrecisionRecall,
  plotRiskCoverage,
  plotRoc,
  plotScores,
} from "../plots/mod.ts";
import { referenceKinds } from "../runs/mod.ts";
import { pooledScores, type ReportView } from "./report_view.ts";
import { scoreInfo, scoreName } from "../scores/mod.ts";

/** So many numbers that speak most for a class are drawn. */
const WEIGHTIEST = 15;

/** The figures of a run by the name of their file in `figures/`. */
export function runFigures(view: ReportView): Record<string, Figure> {
  const { predictions, classes, metrics, run } = view;
  const figures: Record<string, Figure> = {};
  if (predictions.length > 0) {
    figures.roc = plotRoc(predictions, { classes });
    figures["precision-recall"] = plotPrecisionRecall(predictions, { classes });
    figures.calibration = plotCalibration(predictions, { classes });
    figures["risk-coverage"] = plotRiskCoverage(predictions, { classes });
  }
  if (run.history && run.history.length > 0 && !run.config?.experiment.training.linearProbe) {
    const monitor = run.config?.experiment.evaluation.monitor;
    const score = monitor === undefined ? undefined : `validation ${scoreInfo(monitor).title}`;
    figures["learning-curves"] = plotLearningCurves(run.history, { score });
  }
  for (const [label, rows] of Object.entries(run.coefficients ?? {})) {
    const shown = rows.slice(0, WEIGHTIEST);
    figures[coefficientsOf(label)] = plotDifferences(shown, {
      title: `What speaks for ${label}`,
      axis: "log odds per standard deviation",
    });
  }
  if (metrics) {
    figures.confusion = plotConfusion(metrics.confusion);
    const scores = Object.entries(pooledScores(view)).filter(([name]) => !name.includes("/"));
    figures.scores = plotScores(scores.map(([name, score]) => ({
      name: scoreName(name, score).name,
      score,
      references: (run.config?.references ?? []).filter((reference) => reference.score === name)
        .map((reference) => ({ ...reference, kind: referenceKinds[reference.kind] })),
    })));
  }
  return figures;
}

/** The name of the figure of what speaks for a class. */
export function coefficientsOf(label: string): string {
  return `coefficients-${encodeURIComponent(label)}`;
}
