/** What a dimension of a search may be set to. */
export type ParamValue = string | number | boolean | null;

/** Optuna's states of a trial. */
export type TrialState = "running" | "complete" | "pruned" | "fail" | "waiting";

/** One try of one setting. */
export interface Trial {
  /** Counts from 0 within its study. */
  number: number;
  state: TrialState;
  /** The objective of a complete trial, or the last value of a pruned one. */
  value: number | null;
  /** Setting by key of the experiment. */
  params: Record<string, ParamValue>;
  /** Values reported on the way, by step. */
  intermediate: Map<number, number>;
  /** Whether another program, Optuna's `ask`, tries it: it counts, but nobody here takes it or waits for it. */
  elsewhere?: boolean;
}

/** Which end of the objective is better. */
export type Direction = "minimize" | "maximize";

/** The last step that a trial reported; -1 before the first. */
export function lastStep(trial: Trial): number {
  return Math.max(-1, ...trial.intermediate.keys());
}

/** The complete trial with the best value; nothing where none is complete. */
export function bestTrial<T extends Trial>(trials: readonly T[], direction: Direction): T | undefined {
  const sign = direction === "maximize" ? 1 : -1;
  const complete = trials.filter(({ state, value }) => state === "complete" && value !== null);
  return complete.reduce<T | undefined>(
    (best, trial) => best === undefined || sign * trial.value! > sign * best.value! ? trial : best,
    undefined,
  );
}
