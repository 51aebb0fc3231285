import { InputError } from "../errors/mod.ts";
import { checkRate } from "./check_samples.ts";

export interface CutSegmentOptions {
  /** Hz. */
  sampleRate: number;
  /** Seconds. */
  start: number;
  /** Seconds; beyond the end of the recording it means its end. */
  end: number;
}

/**
 * The samples between two times, each rounded to the next sample: neighbouring segments share none and leave none out.
 * The result is a view of the argument, not a copy.
 *
 * @throws {InputError} where the segment holds no sample.
 */
export function cutSegment(samples: Float32Array, { sampleRate, start, end }: CutSegmentOptions): Float32Array {
  checkRate(sampleRate, { where: "cutSegment()" });
  const first = Math.max(0, Math.round(start * sampleRate));
  const last = Math.min(samples.length, Math.round(end * sampleRate));
  if (!(first < last)) {
    throw new InputError({
      expected: `a segment inside the recording of ${(samples.length / sampleRate).toFixed(3)} s`,
      found: `${start} s to ${end} s`,
      where: "cutSegment()",
      remedy: "check start and end of the annotation",
    });
  }
  return samples.subarray(first, last);
}
