import { InputError } from "../errors/mod.ts";

/**
 * What follows the end of a sound that is too short: silence, the sound again from its beginning, or the sound back
 * and forth (the last sample not repeated, as numpy's `reflect`).
 */
export type Padding = "zero" | "circular" | "reflect";

/**
 * A sound of exactly `length` samples: the beginning of a longer one, or a shorter one with padding behind it.
 *
 * @returns A new array `[length]`.
 * @throws {InputError} for no samples or a length that is no whole number above 0.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * expect([...fitLength(Float32Array.of(1, 2, 3), 7, "reflect")]).toEqual([1, 2, 3, 2, 1, 2, 3]);
 * ```
 */
export function fitLength(samples: Float32Array, length: number, padding: Padding): Float32Array {
  const where = "fitLength()";
  if (samples.length === 0) throw new InputError({ expected: "at least one sample", found: "none", where });
  if (!Number.isInteger(length) || length < 1) {
    throw new InputError({ expected: "a length of at least one sample", found: `${length}`, where });
  }
  const fitted = new Float32Array(length);
  fitted.set(samples.subarray(0, length));
  if (padding === "zero") return fitted;
  const n = samples.length;
  const period = padding === "circular" ? n : Math.max(1, 2 * n - 2);
  for (let i = n; i < length; i++) {
    const at = i % period;
    fitted[i] = samples[at < n ? at : period - at];
  }
  return fitted;
}
