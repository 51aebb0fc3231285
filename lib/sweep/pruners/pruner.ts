import type { Direction, Trial } from "../trial.ts";

/** What a pruner sees: all trials of the study, the judged one among them. */
export interface PruneContext {
  trials: readonly Trial[];
  trial: Trial;
  direction: Direction;
}

/** Decides after each report whether a trial is to stop there. */
export type Pruner = (context: PruneContext) => boolean;
