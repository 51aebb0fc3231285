import { butterworth } from "./butterworth.ts";
import { checkRate } from "./check_samples.ts";
import { sosFilter } from "./sos_filter.ts";
import { sosFilterZeroPhase } from "./sos_filter_zero_phase.ts";

export interface NotchOptions {
  /** Hz. */
  sampleRate: number;
  /** Frequency of the mains, Hz. @default {50} */
  hz?: number;
  /** From one 3 dB point to the other, Hz. @default {4} */
  width?: number;
  /** How many multiples of `hz` to take away, itself included, as far as they lie below half the rate. @default {1} */
  harmonics?: number;
  /** Forward and backward: no delay. @default {true} */
  zeroPhase?: boolean;
}

/**
 * Takes the hum of the mains away: a Butterworth band-stop of order 2 around each harmonic.
 *
 * @returns `[n]`, a new array.
 * @throws {InputError} for a band that doesn't fit the rate, NaN samples, a signal too short for the zero-phase filter.
 */
export function notch(samples: Float32Array, options: NotchOptions): Float32Array {
  const { sampleRate, hz = 50, width = 4, harmonics = 1, zeroPhase = true } = options;
  checkRate(sampleRate, { where: "notch()" });
  let quiet: ArrayLike<number> = samples;
  for (let k = 1; k === 1 || (k <= harmonics && k * hz + width / 2 < sampleRate / 2); k++) {
    const band = { low: k * hz - width / 2, high: k * hz + width / 2 };
    const sos = butterworth({ sampleRate, ...band, order: 2, stop: true });
    quiet = zeroPhase ? sosFilterZeroPhase(quiet, sos) : sosFilter(quiet, sos);
  }
  return new Float32Array(quiet);
}
