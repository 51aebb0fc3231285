import type { Direction, Trial } from "./trial.ts";

/** The complete trial with the best value; nothing where none is complete. */
export function bestTrial<T extends Trial>(trials: readonly T[], direction: Direction): T | undefined {
  const sign = direction === "maximize" ? 1 : -1;
  const complete = trials.filter(({ state, value }) => state === "complete" && value !== null);
  return complete.reduce<T | undefined>(
    (best, trial) => best === undefined || sign * trial.value! > sign * best.value! ? trial : best,
    undefined,
  );
}
