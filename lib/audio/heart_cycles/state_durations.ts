import type { HeartRhythm } from "./heart_rhythm.ts";

/** When in systole a murmur may be heard. */
export const MURMUR_TIMINGS = ["holosystolic", "early-systolic", "mid-systolic", "late-systolic"] as const;

export type MurmurTiming = (typeof MURMUR_TIMINGS)[number];

/** What follows S1 until S2, as columns of the posteriors with their shares of systole: 1 systole, 4 murmur. */
const MURMURS: Record<MurmurTiming, [state: number, share: number][]> = {
  holosystolic: [[4, 1]],
  "early-systolic": [[4, 0.5], [1, 0.5]],
  "mid-systolic": [[1, 0.25], [4, 0.5], [1, 0.25]],
  "late-systolic": [[1, 0.5], [4, 0.5]],
};

/** Cycles shorter than this many seconds are this one made smaller: what S1 and S2 last otherwise leaves no room. */
const FAST = 0.4;

/** Chance of a duration that the Gaussian knows nothing of, such as the pause behind an early beat. */
const ODD = 1e-3;

/** Deviations above the mean that all but diastole last at most; diastole has up to two cycles, as behind a beat left out. */
const LONG = 6;

/**
 * The states of a cycle in order, and the logarithm of the probability of each duration in frames: Gaussians (McDonald et
 * al. 2024, PLOS Digital Health e0000436), S1 116 ± 20 ms, S2 103 ± 20 ms, systole the interval less 128 ± 25 ms,
 * diastole what is left ± 50 ms.
 *
 * @returns `states[k]` is the column of the posteriors, `logDurations[k]` is `[longest + 1]`.
 */
export function stateDurations(
  murmur: MurmurTiming | null,
  { cycle, interval }: HeartRhythm,
  frameRate: number,
): { states: number[]; logDurations: Float64Array[] } {
  const scale = Math.min(1, cycle / FAST);
  const systole = Math.max(0, interval - 0.128 * scale);
  const parts = [
    { state: 0, mean: 0.116 * scale, deviation: 0.02 * scale },
    ...(murmur === null ? [[1, 1]] : MURMURS[murmur]).map(([state, share]) => (
      { state, mean: share * systole, deviation: 0.025 * scale * Math.sqrt(share) }
    )),
    { state: 2, mean: 0.103 * scale, deviation: 0.02 * scale },
    { state: 3, mean: Math.max(0, cycle - interval - 0.105 * scale), deviation: 0.05 * scale },
  ];
  return {
    states: parts.map(({ state }) => state),
    logDurations: parts.map((part) =>
      logGaussian(part, { frameRate, longest: part.state === 3 ? 2 * cycle : part.mean + LONG * part.deviation })
    ),
  };
}

function logGaussian(
  { mean, deviation }: { mean: number; deviation: number },
  { frameRate, longest }: { frameRate: number; longest: number },
): Float64Array {
  const steps = Math.ceil(longest * frameRate);
  const chance = (d: number) => d === 0 ? 0 : Math.exp(-(((d / frameRate - mean) / deviation) ** 2) / 2);
  const density = Float64Array.from({ length: steps + 1 }, (_, d) => chance(d));
  const sum = density.reduce((total, x) => total + x, 0);
  return density.map((x, d) => d === 0 ? -Infinity : Math.log((1 - ODD) * x / (sum || 1) + ODD / steps));
}
