import type { StoredTrial } from "./storage/study_storage.ts";
import type { Direction } from "./trial.ts";

/** The complete trial with the best value; nothing where none is complete. */
export function bestTrial(trials: readonly StoredTrial[], direction: Direction): StoredTrial | undefined {
  const sign = direction === "maximize" ? 1 : -1;
  const complete = trials.filter(({ state, value }) => state === "complete" && value !== null);
  return complete.reduce<StoredTrial | undefined>(
    (best, trial) => best === undefined || sign * trial.value! > sign * best.value! ? trial : best,
    undefined,
  );
}
