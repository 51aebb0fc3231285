import { butterworth } from "./butterworth.ts";
import { checkRate } from "./check_samples.ts";
import { sosFilter, sosFilterZeroPhase } from "./sos_filter.ts";

/** Options of {@linkcode bandpass}, {@linkcode lowpass} and {@linkcode highpass}. */
export interface FilterOptions {
  /** Hz. */
  sampleRate: number;
  /** Lower edge, Hz. */
  low: number;
  /** Upper edge, Hz. */
  high: number;
  /** Order of the Butterworth prototype. @default {4} */
  order?: number;
  /** Forward and backward: no delay, twice the slope, 6 dB down at the edges. @default {true} */
  zeroPhase?: boolean;
}

/**
 * Keeps what lies between two frequencies (Butterworth).
 *
 * @returns `[n]`, a new array.
 * @throws {InputError} for edges that don't fit the rate, NaN samples, a signal too short for the zero-phase filter.
 *
 * @example Of a hum of 20 Hz and a tone of 200 Hz the tone is left
 * ```ts
 * import { expect } from "expect";
 * import { bandpass } from "./mod.ts";
 * const tone = (hz: number) => Float32Array.from({ length: 4000 }, (_, i) => Math.sin(2 * Math.PI * hz * i / 4000));
 * const [hum, sound] = [20, 200].map((hz) => bandpass(tone(hz), { sampleRate: 4000, low: 100, high: 1000 }));
 * expect(Math.abs(hum[2050])).toBeLessThan(0.001);
 * expect(sound[2005]).toBeCloseTo(tone(200)[2005], 2);
 * ```
 */
export function bandpass(samples: Float32Array, options: FilterOptions): Float32Array {
  return filtered(samples, options, "bandpass()");
}

/** Keeps what lies below `high` Hz; otherwise as {@linkcode bandpass}. */
export function lowpass(samples: Float32Array, options: Omit<FilterOptions, "low">): Float32Array {
  return filtered(samples, options, "lowpass()");
}

/** Keeps what lies above `low` Hz; otherwise as {@linkcode bandpass}. */
export function highpass(samples: Float32Array, options: Omit<FilterOptions, "high">): Float32Array {
  return filtered(samples, options, "highpass()");
}

function filtered(
  samples: Float32Array,
  { sampleRate, order = 4, zeroPhase = true, ...edges }: Partial<FilterOptions> & { sampleRate: number },
  where: string,
): Float32Array {
  checkRate(sampleRate, { where });
  const sos = butterworth({ sampleRate, order, ...edges });
  return new Float32Array(zeroPhase ? sosFilterZeroPhase(samples, sos) : sosFilter(samples, sos));
}
