import { UsageError } from "../../errors/mod.ts";
import { lastStep, type Trial } from "../trial.ts";
import type { PruneContext, Pruner } from "./pruner.ts";

/** Options of {@linkcode percentilePruner}; defaults are Optuna's. */
export interface PercentileOptions {
  /** Trials that must be complete before one is pruned. @default {5} */
  startupTrials?: number;
  /** No pruning before this step. @default {0} */
  warmupSteps?: number;
  /** Only the first report of each interval of so many steps is judged. @default {1} */
  intervalSteps?: number;
  /** Complete trials that must have reported the step. @default {1} */
  minTrials?: number;
}

/**
 * Prunes a trial whose best value so far is worse than the percentile of the complete trials at the same step, as
 * `optuna.pruners.PercentilePruner`: the best `percentile` per cent go on.
 */
export function percentilePruner(percentile: number, options: PercentileOptions = {}): Pruner {
  const { startupTrials = 5, warmupSteps = 0, intervalSteps = 1, minTrials = 1 } = options;
  if (!(percentile >= 0 && percentile <= 100)) {
    throw new UsageError({ expected: "a percentile from 0 to 100", found: `${percentile}`, where: "the pruner" });
  }
  return ({ trials, trial, direction }) => {
    const complete = trials.filter((other) => other.state === "complete");
    const step = lastStep(trial);
    const judged = complete.length >= startupTrials && complete.length > 0 && step >= warmupSteps &&
      isFirstInInterval(trial, { step, warmupSteps, intervalSteps });
    if (!judged) return { prune: false };
    const best = bestSoFar(trial, direction);
    if (Number.isNaN(best)) return { prune: true };
    const there = complete.map((other) => other.intermediate.get(step)).filter((value) => value !== undefined);
    const values = there.filter((value) => !Number.isNaN(value));
    if (there.length < minTrials || values.length === 0) return { prune: false };
    const bound = linearPercentile(values, direction === "maximize" ? 100 - percentile : percentile);
    return { prune: direction === "maximize" ? best < bound : best > bound };
  };
}

/** Prunes a trial whose best value so far is worse than the median of the complete trials at the same step. */
export function medianPruner(options: PercentileOptions = {}): Pruner {
  return percentilePruner(50, options);
}

function isFirstInInterval(
  trial: Trial,
  { step, warmupSteps, intervalSteps }: { step: number; warmupSteps: number; intervalSteps: number },
): boolean {
  const start = warmupSteps + Math.floor((step - warmupSteps) / intervalSteps) * intervalSteps;
  return ![...trial.intermediate.keys()].some((other) => other >= start && other < step);
}

function bestSoFar(trial: Trial, direction: PruneContext["direction"]): number {
  const values = [...trial.intermediate.values()].filter((value) => !Number.isNaN(value));
  if (values.length === 0) return NaN;
  return direction === "maximize" ? Math.max(...values) : Math.min(...values);
}

/** numpy's `percentile` with linear interpolation (type 7 of Hyndman and Fan 1996). */
function linearPercentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * percent / 100;
  const low = Math.floor(at);
  return sorted[low] + (at - low) * ((sorted[low + 1] ?? sorted[low]) - sorted[low]);
}
