import { ENVELOPE_RATE } from "./cycle_envelopes.ts";
import type { CycleModel } from "./cycle_model.ts";

/** Seconds that no state lasts beyond. */
const LONGEST = 1.6;

/** Shortest state, seconds: two steps. */
const SHORTEST = 0.04;

/**
 * Logarithms of the probability of each duration of S1, systole, S2 and diastole, in steps, for a given length of the
 * cycle: Gaussians, cut to what is possible (Springer et al. 2016, II-D).
 *
 * @param cycle Seconds.
 * @returns `[4][longest + 1]`
 */
export function cycleDurations(cycle: number, model: CycleModel): Float64Array[] {
  const { s1, s2, systolicInterval, diastole } = model;
  const interval = systolicInterval.offset + systolicInterval.slope * cycle;
  return [
    s1,
    { mean: interval - s1.mean, deviation: systolicInterval.deviation },
    s2,
    { mean: cycle - interval - s2.mean, deviation: diastole.deviation * cycle },
  ].map(gaussian);
}

function gaussian({ mean, deviation }: { mean: number; deviation: number }): Float64Array {
  const density = Float64Array.from({ length: Math.round(LONGEST * ENVELOPE_RATE) + 1 }, (_, d) => {
    const seconds = d / ENVELOPE_RATE;
    return seconds < SHORTEST ? 0 : Math.exp(-(((seconds - mean) / deviation) ** 2) / 2) + 1e-12;
  });
  const sum = density.reduce((total, x) => total + x, 0);
  return density.map((x) => Math.log(x / sum));
}
