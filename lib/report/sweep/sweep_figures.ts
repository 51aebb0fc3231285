import {
  type Figure,
  plotContour,
  plotImportances,
  plotParallel,
  plotSlice,
  plotTimeline,
  plotTrialCurves,
  plotTrials,
  type TimelineBar,
} from "../../plots/mod.ts";
import type { SweepTrial, SweepView } from "./sweep_view.ts";

/** Most trials that are drawn as lines: more can't be told apart, and make the page slow. */
export const LINES = 400;

/** All figures that the study has enough trials for. */
export function sweepFigures(view: SweepView): Record<string, Figure> {
  const { trials, dimensions, importances, objective, study: { direction }, epochsPerFold, best } = view;
  if (!trials.some(({ value, intermediate }) => value !== null || intermediate.size > 0)) return {};
  const options = { direction, objective };
  const drawn = thinned(trials, best?.number);
  const figures: Record<string, Figure> = {
    trials: plotTrials(trials, { ...options, own: view.unchanged?.value }),
    curves: plotTrialCurves(drawn, { ...options, epochsPerFold }),
  };
  if (view.count.complete >= 2) {
    figures.parallel = plotParallel(drawn, { ...options, dimensions });
    dimensions.forEach((of, i) => figures[`slice-${i}`] = plotSlice(trials, { ...options, of }));
  }
  if (importances.length >= 2) {
    figures.importances = plotImportances(importances);
    const [x, y] = importances.map(({ key }) => dimensions.find((one) => one.key === key)!);
    figures.contour = plotContour(trials, { ...options, x, y });
  }
  const bars = timelineBars(trials);
  if (bars.length > 0) figures.timeline = plotTimeline(bars);
  return figures;
}

/** Every k-th trial and the best. */
function thinned(trials: readonly SweepTrial[], best: number | undefined): SweepTrial[] {
  const every = Math.ceil(trials.length / LINES);
  return trials.filter(({ number }) => number % every === 0 || number === best);
}

/** Workers are numbered in the order in which they began. */
function timelineBars(trials: readonly SweepTrial[]): TimelineBar[] {
  const started = trials.flatMap(({ number, state, worker, startedAt, finishedAt }) =>
    startedAt === null || worker === null ? [] : [{
      ...{ trial: number, state, worker, from: Date.parse(startedAt) },
      to: finishedAt === null ? null : Date.parse(finishedAt),
    }]
  ).toSorted((a, b) => a.from - b.from);
  const begin = started[0]?.from, last = Math.max(...started.map(({ from, to }) => to ?? from));
  const workers = [...new Set(started.map(({ worker }) => worker))];
  return started.flatMap(({ state, trial, worker, from, to }) =>
    state === "waiting" ? [] : [{
      ...{ trial, state, worker: `worker ${workers.indexOf(worker) + 1}`, from: (from - begin) / 3.6e6 },
      to: (Math.max(from, to ?? last) - begin) / 3.6e6, // a clock may have been set back
    }]
  );
}
