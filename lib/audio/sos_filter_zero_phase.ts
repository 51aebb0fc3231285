import { InputError } from "../errors/mod.ts";
import type { Biquad } from "./butterworth.ts";
import { checkSamples } from "./check_samples.ts";
import { runSections } from "./run_sections.ts";

/**
 * Filters forward, then backward, so that nothing is delayed, as scipy's `sosfiltfilt`: both ends are first extended
 * by their point reflection, and each run starts in the steady state for its first value.
 *
 * @returns `[n]`
 * @throws {InputError} for NaN samples, a signal that is not longer than the extension.
 */
export function sosFilterZeroPhase(samples: ArrayLike<number>, sos: readonly Biquad[]): Float64Array {
  checkSamples(samples, { where: "sosFilterZeroPhase()" });
  const n = samples.length;
  const edge = extension(sos);
  if (n <= edge) {
    throw new InputError({
      expected: `more than ${edge} samples for a zero-phase filter of ${sos.length} sections`,
      found: `${n}`,
      where: "sosFilterZeroPhase()",
      remedy: "filter the recording before cutting it, or filter one way",
    });
  }
  const extended = new Float64Array(n + 2 * edge);
  extended.set(samples, edge);
  for (let i = 1; i <= edge; i++) {
    extended[edge - i] = 2 * samples[0] - samples[i];
    extended[edge + n - 1 + i] = 2 * samples[n - 1] - samples[n - 1 - i];
  }
  const forward = runSections(extended, sos, { start: extended[0] }).reverse();
  const backward = runSections(forward, sos, { start: forward[0] }).reverse();
  return backward.subarray(edge, edge + n);
}

/** scipy's default: three times the number of coefficients of the whole filter. */
function extension(sos: readonly Biquad[]): number {
  const firstOrder = Math.min(sos.filter((s) => s.b2 === 0).length, sos.filter((s) => s.a2 === 0).length);
  return 3 * (2 * sos.length + 1 - firstOrder);
}
