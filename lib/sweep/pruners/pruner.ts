import type { Direction, Trial } from "../trial.ts";

/** What a pruner sees: all trials of the study, the judged one among them. */
export interface PruneContext {
  trials: readonly Trial[];
  trial: Trial;
  direction: Direction;
}

/** A decision after a report. */
export interface Decision {
  prune: boolean;
  /** Rungs that the trial reached with this report, to be stored with it. */
  rungs?: Map<number, number>;
}

/** Decides after each report whether a trial is worth going on with. */
export type Pruner = (context: PruneContext) => Decision;
