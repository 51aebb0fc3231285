import type { Biquad } from "./butterworth.ts";
import { checkSamples } from "./check_samples.ts";
import { runSections } from "./run_sections.ts";

/**
 * Runs samples through second-order sections, one after the other, from rest (direct form II transposed, in 64 bits
 * throughout), as scipy's `sosfilt`.
 *
 * @param start State at the start as a multiple of the steady state for a constant input of 1; 0 is rest.
 * @returns `[n]`
 * @throws {InputError} for NaN samples, no samples.
 */
export function sosFilter(
  samples: ArrayLike<number>,
  sos: readonly Biquad[],
  { start = 0 }: { start?: number } = {},
): Float64Array {
  checkSamples(samples, { where: "sosFilter()" });
  return runSections(Float64Array.from(samples), sos, { start });
}
