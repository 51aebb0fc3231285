import type { InputForm } from "./define_input.ts";

/** Values over a whole recording, of which windows are read. */
export interface RecordingFrames {
  /** `[frames, silent.length]`. */
  values: Float32Array;
  /** Seconds from the first sample to the middle of the first frame. */
  first: number;
  /** Seconds from one frame to the next. */
  hop: number;
  /** What stands where the recording is silent, behind a short item. */
  silent: Float32Array;
}

/** The frames of a recording that lie nearest to those of a window, `[frames of the window, silent.length]`. */
export function readFrames(
  { values, first, hop, silent }: RecordingFrames,
  { frames, axes, timeAt }: InputForm & { timeAt(second: number): number | undefined },
): Float32Array {
  const columns = silent.length, last = values.length / columns - 1;
  const read = new Float32Array(frames * columns);
  for (let frame = 0; frame < frames; frame++) {
    const time = timeAt((axes.first ?? 0) + frame * axes.hop);
    const near = time === undefined ? 0 : Math.max(0, Math.min(last, Math.round((time - first) / hop)));
    const row = time === undefined ? silent : values.subarray(near * columns, (near + 1) * columns);
    read.set(row, frame * columns);
  }
  return read;
}
