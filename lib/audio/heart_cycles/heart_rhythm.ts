/** What the rhythm of a recording may be. Seconds. */
export interface HeartRhythm {
  /** From one S1 to the next. */
  cycle: number;
  /** From S1 to S2. */
  interval: number;
}

/** From 250 beats a minute (a newborn at its fastest) to 30, seconds. */
const SHORTEST = 0.24, LONGEST = 2;

/** The systolic interval lies between this and half a cycle, but for a heart that is too fast for it, seconds and share. */
const SHORTEST_INTERVAL = 0.15, SHARE_OF_FAST = 0.35;

/** A peak this high beside the highest may be the cycle of which the highest is a multiple (McLeod and Wyvill 2005). */
const NEARLY = 0.8;

/**
 * Rhythms that posteriors may follow: cycles by peaks of the autocorrelation of "no diastole", and for each the interval by
 * that of "S1 or S2". The first cycle is the shortest of the high peaks; then the highest, since noise or a double sound may
 * put a high peak at half a cycle.
 *
 * @param posteriors `[frames, 5]`
 */
export function heartRhythms(
  posteriors: Float32Array,
  { frameRate, most }: { frameRate: number; most: number },
): HeartRhythm[] {
  const frames = posteriors.length / 5;
  const busy = Float64Array.from({ length: frames }, (_, t) => 1 - posteriors[5 * t + 3]);
  const sounds = Float64Array.from({ length: frames }, (_, t) => posteriors[5 * t] + posteriors[5 * t + 2]);
  const ofSounds = autocorrelation(sounds, Math.ceil(LONGEST * frameRate / 2) + 1);
  const cycles = peaks(autocorrelation(busy, Math.ceil(LONGEST * frameRate) + 1), {
    from: SHORTEST * frameRate,
    to: LONGEST * frameRate,
  });
  const shortest = cycles.filter(({ height }) => height >= NEARLY * cycles[0].height)
    .reduce((first, other) => other.lag < first.lag ? other : first, cycles[0]);
  return [...new Set([shortest, ...cycles])].slice(0, cycles.length && most).map(({ lag }) => {
    const from = Math.min(SHORTEST_INTERVAL * frameRate, SHARE_OF_FAST * lag), to = lag / 2;
    const interval = peaks(ofSounds, { from, to })[0]?.lag ?? (from + to) / 2;
    return { cycle: lag / frameRate, interval: interval / frameRate };
  });
}

/** Where a curve has its peaks between two places, the highest first; the top of the parabola through three points. */
function peaks(curve: Float64Array, { from, to }: { from: number; to: number }): { lag: number; height: number }[] {
  const found: { lag: number; height: number }[] = [];
  for (let lag = Math.max(1, Math.ceil(from)); lag <= to && lag + 1 < curve.length; lag++) {
    const [before, height, after] = [curve[lag - 1], curve[lag], curve[lag + 1]];
    if (!(height > 0 && height >= before && height > after)) continue;
    found.push({ lag: lag + (before - after) / (2 * (before - 2 * height + after)), height });
  }
  return found.sort((a, b) => b.height - a.height);
}

/** `[longest + 1]`, of the deviations from the mean; long lags have fewer products, so that multiples of a cycle come after it. */
function autocorrelation(values: Float64Array, longest: number): Float64Array {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const centred = values.map((x) => x - mean);
  return Float64Array.from({ length: Math.min(longest + 1, values.length) }, (_, lag) => {
    let sum = 0;
    for (let i = 0; i + lag < centred.length; i++) sum += centred[i] * centred[i + lag];
    return sum;
  });
}
