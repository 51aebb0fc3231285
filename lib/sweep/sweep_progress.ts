import { bestTrial, type Direction, type Trial } from "./trial.ts";

/** How far a sweep is. */
export interface SweepProgress {
  /** Trials that have ended, in whatever way. */
  ended: number;
  /** Trials that it is to have. */
  limit: number;
  complete: number;
  pruned: number;
  failed: number;
  running: number;
  best: { number: number; value: number } | null;
  /** Ended trials an hour; `null` before the first one ended. */
  perHour: number | null;
  hoursLeft: number | null;
}

/** What the figures are worked out from, beside the trials. */
export interface SweepProgressOptions {
  direction: Direction;
  limit: number;
  /** Trials that had ended when watching began, and the hours since then. */
  since?: { ended: number; hours: number };
}

/** Counts the trials by their state, and tells from those that ended while one watched how long the others will take. */
export function sweepProgress(trials: readonly Trial[], options: SweepProgressOptions): SweepProgress {
  const { direction, limit, since } = options;
  const count = (state: Trial["state"]) => trials.filter((trial) => trial.state === state).length;
  const [complete, pruned, failed] = [count("complete"), count("pruned"), count("fail")];
  const ended = complete + pruned + failed;
  const best = bestTrial(trials, direction);
  const perHour = since && since.hours > 0 && ended > since.ended ? (ended - since.ended) / since.hours : null;
  return {
    ...{ ended, limit, complete, pruned, failed, running: count("running") },
    best: best ? { number: best.number, value: best.value! } : null,
    perHour,
    hoursLeft: perHour === null ? null : Math.max(0, limit - ended) / perHour,
  };
}

/** The figures as one line of text. */
export function progressLine(progress: SweepProgress): string {
  const { ended, limit, complete, pruned, failed, running, best } = progress;
  const rate = rateText(progress);
  return `${ended}/${limit} trials: ${complete} complete, ${pruned} pruned, ${failed} failed, ${running} running; ` +
    `best ${best ? `${best.value.toFixed(4)} (trial ${best.number})` : "-"}${rate && `; ${rate}`}`;
}

/** `"4.2 trials an hour, 2 h 10 min left"`; `""` where that can't be told yet. */
export function rateText({ perHour, hoursLeft }: SweepProgress): string {
  if (perHour === null || hoursLeft === null) return "";
  const minutes = Math.ceil(60 * hoursLeft);
  const left = minutes >= 60 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${minutes} min`;
  return `${perHour >= 100 ? perHour.toFixed(0) : perHour.toPrecision(2)} trials an hour, ${left} left`;
}
