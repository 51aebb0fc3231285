/** The moment at which a class begins. */
export interface Onset {
  /** Place of the class. */
  class: number;
  /** Seconds. */
  time: number;
}

/**
 * Where each class begins, in the order of time, from the classes of frames (-1: unknown). An onset follows a frame that
 * is known and of another class: what was already there when the annotation began has none. It lies halfway between the
 * two frames, or at the `exact` start between them where there is one.
 *
 * @param times `[frames]`: the middle of each frame, s.
 * @param exact Starts of what the frames were labelled by.
 */
export function onsetsOf(labels: Int32Array, times: ArrayLike<number>, exact: readonly Onset[] = []): Onset[] {
  const onsets: Onset[] = [];
  for (let frame = 1; frame < labels.length; frame++) {
    const label = labels[frame], before = labels[frame - 1];
    if (label < 0 || before < 0 || label === before) continue;
    const known = exact.find(({ class: of, time }) => of === label && time > times[frame - 1] && time <= times[frame]);
    onsets.push({ class: label, time: known?.time ?? (times[frame - 1] + times[frame]) / 2 });
  }
  return onsets;
}
