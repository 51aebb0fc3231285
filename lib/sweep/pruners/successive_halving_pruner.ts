import { UsageError } from "../../errors/mod.ts";
import { lastStep, type Trial } from "../trial.ts";
import type { Pruner } from "./pruner.ts";

/** Options of {@linkcode successiveHalvingPruner}; defaults are Optuna's. */
export interface SuccessiveHalvingOptions {
  /** Steps before the first rung; `"auto"` is a hundredth of the longest complete trial. @default {"auto"} */
  minResource?: number | "auto";
  /** One in so many goes on from a rung. @default {4} */
  reductionFactor?: number;
  /** Moves all rungs up by so many. @default {0} */
  minEarlyStoppingRate?: number;
  /** Trials that must have reached a rung before one goes on from it. @default {0} */
  bootstrapCount?: number;
}

/**
 * Asynchronous successive halving (Li et al. 2020): rung `k` stands at `minResource * reductionFactor^(rate + k)`
 * steps, and a trial goes on from it if it is among the best `1 / reductionFactor` of all that reached it so far,
 * as `optuna.pruners.SuccessiveHalvingPruner`.
 */
export function successiveHalvingPruner(options: SuccessiveHalvingOptions = {}): Pruner {
  const { minResource = "auto", reductionFactor = 4, minEarlyStoppingRate = 0, bootstrapCount = 0 } = options;
  if (!(Number.isInteger(reductionFactor) && reductionFactor >= 2)) {
    throw new UsageError({
      expected: "a reduction factor of 2 or more",
      found: `${reductionFactor}`,
      where: "the pruner",
    });
  }
  return ({ trials, trial, direction }) => {
    const step = lastStep(trial);
    const resource = minResource === "auto" ? hundredthOfLongest(trials) : minResource;
    if (step < 0 || resource === null) return { prune: false };
    const value = trial.intermediate.get(step)!;
    const sign = direction === "maximize" ? 1 : -1;
    const reached = new Map<number, number>();
    for (let rung = trial.rungs.size;; rung++) {
      const promotion = resource * reductionFactor ** (minEarlyStoppingRate + rung);
      if (step < promotion) return { prune: false, rungs: reached };
      if (Number.isNaN(value)) return { prune: true, rungs: reached };
      const competing = [
        value,
        ...trials.filter((other) => other !== trial).flatMap((other) => other.rungs.get(rung) ?? []),
      ];
      reached.set(rung, value);
      if (competing.length <= bootstrapCount) return { prune: true, rungs: reached };
      const better = competing.toSorted((a, b) => sign * (b - a));
      const last = better[Math.max(1, Math.floor(competing.length / reductionFactor)) - 1];
      if (sign * value < sign * last) return { prune: true, rungs: reached };
    }
  };
}

function hundredthOfLongest(trials: readonly Trial[]): number | null {
  const steps = trials.filter((trial) => trial.state === "complete").map(lastStep);
  const longest = Math.max(-1, ...steps);
  return longest < 0 ? null : Math.max(1, Math.floor(longest / 100));
}
