import type { StoredTrial } from "./storage/study_storage.ts";

/**
 * Tells which running trials lost their worker: those whose worker is known to be dead, and those that gave no sign of
 * life between two looks. It counts by this process's own monotonic clock, so that clocks that differ between machines,
 * or are set back, do no harm.
 *
 * @param seconds Without a sign of life after which a trial counts as abandoned.
 */
export function abandonmentWatch(
  seconds: number,
  isDead: (worker: string) => boolean = () => false,
): (trial: StoredTrial) => boolean {
  const seen = new Map<number, { life: string; at: number }>();
  return ({ id, worker, claims, beats, intermediate }) => {
    if (worker !== null && isDead(worker)) return true;
    const life = `${worker} ${claims} ${beats} ${intermediate.size}`;
    const last = seen.get(id);
    if (last?.life !== life) {
      seen.set(id, { life, at: performance.now() });
      return false;
    }
    return performance.now() - last.at > seconds * 1000;
  };
}
