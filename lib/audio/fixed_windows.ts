import { InputError } from "../errors/mod.ts";
import { checkSamples } from "./check_samples.ts";
import { fitLength, type Padding } from "./fit_length.ts";

/** Options of {@linkcode fixedWindows}. */
export interface FixedWindowsOptions {
  /** Hz. */
  sampleRate: number;
  /** Length of a window, seconds. */
  seconds: number;
  /** From the start of a window to the start of the next, seconds. @default {seconds} */
  hopSeconds?: number;
  /** What follows the end of the recording inside the last window. @default {"zero"} */
  padding?: Padding;
}

/** A piece of a recording, as long as all the others. */
export interface FixedWindow {
  /** Seconds from the start of the recording. */
  start: number;
  /** Seconds; the end of what was recorded, so before the padding. */
  end: number;
  /** `[round(seconds * sampleRate)]` */
  samples: Float32Array;
}

/**
 * Cuts a recording into windows of one length, as few as reach its end; only the last one may need padding.
 *
 * @throws {InputError} for NaN samples, no samples, a window or hop shorter than a sample.
 *
 * @example Five samples in windows of three, two apart
 * ```ts
 * import { expect } from "expect";
 * import { fixedWindows } from "./mod.ts";
 * const windows = fixedWindows(Float32Array.of(1, 2, 3, 4, 5, 6), { sampleRate: 1, seconds: 3, hopSeconds: 2 });
 * expect(windows.map(({ samples }) => [...samples])).toEqual([[1, 2, 3], [3, 4, 5], [5, 6, 0]]);
 * ```
 */
export function fixedWindows(samples: Float32Array, options: FixedWindowsOptions): FixedWindow[] {
  const { sampleRate, seconds, hopSeconds = seconds, padding = "zero" } = options;
  const where = "fixedWindows()";
  checkSamples(samples, { sampleRate, where });
  const length = Math.round(seconds * sampleRate), hop = Math.round(hopSeconds * sampleRate);
  if (!(length >= 1 && hop >= 1)) {
    throw new InputError({
      expected: `a window and a hop of at least one sample (${1 / sampleRate} s)`,
      found: `${seconds} s and ${hopSeconds} s`,
      where,
    });
  }
  const count = 1 + Math.max(0, Math.ceil((samples.length - length) / hop));
  return Array.from({ length: count }, (_, i) => {
    const first = i * hop, last = Math.min(samples.length, first + length);
    return {
      start: first / sampleRate,
      end: last / sampleRate,
      samples: fitLength(samples.subarray(first, last), length, padding),
    };
  });
}
