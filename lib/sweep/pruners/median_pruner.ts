import { type Direction, lastStep, type Trial } from "../trial.ts";

/** What a pruner sees: all trials of the study, the judged one among them. */
interface PruneContext {
  trials: readonly Trial[];
  trial: Trial;
  direction: Direction;
}

/** Decides after each report whether a trial is to stop there. */
export type Pruner = (context: PruneContext) => boolean;

/** Options of {@linkcode medianPruner}; defaults are Optuna's. */
export interface MedianOptions {
  /** Trials that must be complete before one is pruned. @default {5} */
  startupTrials?: number;
  /** No pruning before this step. @default {0} */
  warmupSteps?: number;
}

/**
 * Prunes a trial whose best value so far is worse than the median of the complete trials at the same step, as
 * `optuna.pruners.MedianPruner`.
 */
export function medianPruner({ startupTrials = 5, warmupSteps = 0 }: MedianOptions = {}): Pruner {
  return ({ trials, trial, direction }) => {
    const complete = trials.filter((other) => other.state === "complete");
    const step = lastStep(trial);
    if (complete.length < Math.max(1, startupTrials) || step < warmupSteps) return false;
    const best = bestSoFar(trial, direction);
    if (Number.isNaN(best)) return true;
    const there = complete.map((other) => other.intermediate.get(step));
    const values = there.filter((value) => value !== undefined && !Number.isNaN(value)) as number[];
    if (values.length === 0) return false;
    return direction === "maximize" ? best < median(values) : best > median(values);
  };
}

function bestSoFar(trial: Trial, direction: PruneContext["direction"]): number {
  const values = [...trial.intermediate.values()].filter((value) => !Number.isNaN(value));
  if (values.length === 0) return NaN;
  return direction === "maximize" ? Math.max(...values) : Math.min(...values);
}

/** The mean of the two in the middle, as numpy's. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}
