/** What becomes of expert's and found sounds when each is given to at most one of the other. */
export interface SoundMatches {
  /** Pairs within the tolerance. */
  hits: number;
  /** Expert's sounds that weren't found. */
  missed: number;
  /** Found sounds where the expert marked none. */
  invented: number;
}

/**
 * Matches the onsets of sounds one to one, the earliest with the earliest within the tolerance, which makes the most
 * pairs on a line. A found onset outside the stretches that the expert annotated may match but isn't held against it.
 *
 * @param truth Onsets in seconds, ascending.
 * @param found Onsets in seconds, ascending.
 */
export function matchSounds(
  truth: number[],
  found: number[],
  { tolerance, annotated }: { tolerance: number; annotated: { start: number; end: number }[] },
): SoundMatches {
  let hits = 0, next = 0, invented = 0;
  const isAnnotated = (time: number) => annotated.some(({ start, end }) => time >= start && time < end);
  for (const time of found) {
    while (next < truth.length && truth[next] < time - tolerance) next++;
    if (next < truth.length && truth[next] <= time + tolerance) {
      hits++;
      next++;
    } else if (isAnnotated(time)) {
      invented++;
    }
  }
  return { hits, missed: truth.length - hits, invented };
}
