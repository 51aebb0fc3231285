import type { StoredTrial } from "./storage/study_storage.ts";

/** So many failures in a row, of whatever workers, stop a sweep. */
export const FAILURES_THAT_STOP = 3;

/** Under which a trial notes that its training diverged. */
export const DIVERGED = "diverged";

/**
 * The trials that failed last, one after the other, the latest first. A training that diverged is a bad setting and shows
 * that the experiment runs; a trial that nobody here has begun shows nothing. Ends up to `after` don't count: what failed
 * before the experiment was mended stops nothing.
 */
export function failuresInARow(trials: readonly StoredTrial[], after: number): StoredTrial[] {
  const ended = trials.filter(({ endOrder, claims }) => endOrder !== null && endOrder > after && claims > 0)
    .toSorted((a, b) => b.endOrder! - a.endOrder!);
  const other = ended.findIndex(({ state, notes }) => state !== "fail" || DIVERGED in notes);
  return other < 0 ? ended : ended.slice(0, other);
}

/** The place of the latest end so far; -1 where no trial has ended. */
export function latestEnd(trials: readonly StoredTrial[]): number {
  return trials.reduce((latest, { endOrder }) => Math.max(latest, endOrder ?? -1), -1);
}
