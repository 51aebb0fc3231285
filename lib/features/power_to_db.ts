import { InputError } from "../errors/mod.ts";
import { checkLevels } from "./check_levels.ts";

export interface PowerToDbOptions {
  /** The power of 0 dB, its size where it is negative; `"max"` is the largest value. @default {1} */
  reference?: number | "max";
  /** Smaller powers count as this one. @default {1e-10} */
  aMin?: number;
  /** Values lower than this below the largest are raised to it; `null` leaves them. @default {80} */
  topDb?: number | null;
}

/**
 * Power to decibels, as librosa 0.11 `power_to_db`: the clip is taken over the whole array.
 *
 * @throws {InputError} for NaN and infinite powers, an `aMin` of 0 or less, a `topDb` below 0.
 */
export function powerToDb(power: Float32Array, options: PowerToDbOptions = {}): Float32Array {
  const { reference = 1, aMin = 1e-10, topDb = 80 } = options;
  const check = (holds: boolean, name: string, expected: string, found: unknown) => {
    if (!holds) {
      throw new InputError({ expected: `${name} to be ${expected}`, found: `${found}`, where: "powerToDb()" });
    }
  };
  check(aMin > 0 && aMin < Infinity, "aMin", "above 0", aMin);
  check(topDb === null || topDb >= 0, "topDb", "0 dB or more, or null", topDb);
  check(reference === "max" || Number.isFinite(reference), "reference", 'a number or "max"', reference);
  checkLevels(power, { where: "powerToDb()" });
  const largest = power.reduce((max, value) => Math.max(max, value), 0);
  const zero = 10 * Math.log10(Math.max(aMin, reference === "max" ? largest : Math.abs(reference)));
  const lowest = topDb === null ? -Infinity : 10 * Math.log10(Math.max(aMin, largest)) - zero - topDb;
  return power.map((value) => Math.max(lowest, 10 * Math.log10(Math.max(aMin, value)) - zero));
}
