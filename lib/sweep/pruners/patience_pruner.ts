import { UsageError } from "../../errors/mod.ts";
import { lastStep } from "../trial.ts";
import type { Pruner } from "./pruner.ts";

/** Options of {@linkcode patiencePruner}. */
export interface PatienceOptions {
  /** Reports without progress that are allowed. */
  patience: number;
  /** What counts as no worse. @default {0} */
  minDelta?: number;
  /** Decides once the patience has run out; without it the trial is then pruned. */
  pruner?: Pruner;
}

/**
 * Leaves a trial alone while it gets better: only where the best of the last `patience + 1` reports is worse than the best
 * before them, another pruner decides, as `optuna.pruners.PatientPruner`.
 */
export function patiencePruner({ patience, minDelta = 0, pruner }: PatienceOptions): Pruner {
  for (const [name, value] of Object.entries({ patience, minDelta })) {
    if (value >= 0) continue;
    throw new UsageError({ expected: `${name} of 0 or more`, found: `${value}`, where: "the pruner" });
  }
  return (context) => {
    const { trial, direction } = context;
    const steps = [...trial.intermediate.keys()].toSorted((a, b) => a - b);
    if (lastStep(trial) < 0 || steps.length <= patience + 1) return { prune: false };
    const sign = direction === "maximize" ? 1 : -1;
    const best = (of: number[]) => {
      const values = of.map((step) => sign * trial.intermediate.get(step)!).filter((value) => !Number.isNaN(value));
      return values.length === 0 ? NaN : Math.max(...values);
    };
    const before = best(steps.slice(0, -patience - 1)), after = best(steps.slice(-patience - 1));
    if (!(before - minDelta > after)) return { prune: false };
    return pruner ? pruner(context) : { prune: true };
  };
}
