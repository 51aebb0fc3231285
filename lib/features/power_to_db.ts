import { checkLevels } from "./check_levels.ts";

/** Options of {@linkcode powerToDb}. */
export interface PowerToDbOptions {
  /** The power of 0 dB; `"max"` is the largest value. @default {1} */
  reference?: number | "max";
  /** Smaller powers count as this one. @default {1e-10} */
  aMin?: number;
  /** Values lower than this below the largest are raised to it; `null` leaves them. @default {80} */
  topDb?: number | null;
}

/**
 * Power to decibels, as librosa 0.11 `power_to_db`: the clip is taken over the whole array.
 *
 * @throws {InputError} for NaN and infinite powers.
 */
export function powerToDb(power: Float32Array, options: PowerToDbOptions = {}): Float32Array {
  const { reference = 1, aMin = 1e-10, topDb = 80 } = options;
  checkLevels(power, { where: "powerToDb()" });
  const largest = power.reduce((max, value) => Math.max(max, value), 0);
  const zero = 10 * Math.log10(Math.max(aMin, reference === "max" ? largest : reference));
  const lowest = topDb === null ? -Infinity : 10 * Math.log10(Math.max(aMin, largest)) - zero - topDb;
  return power.map((value) => Math.max(lowest, 10 * Math.log10(Math.max(aMin, value)) - zero));
}
