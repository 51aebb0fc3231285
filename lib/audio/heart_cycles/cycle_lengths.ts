import { ENVELOPE_RATE } from "./cycle_envelopes.ts";

/** From 210 beats a minute (a newborn) to 35, seconds. */
const SHORTEST = 0.28, LONGEST = 1.7;

/**
 * Lengths that the heart cycle may have, by the highest peaks of the autocorrelation of an envelope (Schmidt et al.
 * 2010), the highest first. More than one, since systole and diastole of equal length or a double sound put the
 * highest peak at half the cycle or at two cycles.
 *
 * @returns Seconds, at least one.
 */
export function cycleLengths(envelope: Float64Array, { most }: { most: number }): number[] {
  const correlation = autocorrelation(envelope, Math.ceil((LONGEST + 0.05) * ENVELOPE_RATE));
  const peaks: { lag: number; height: number }[] = [];
  for (let lag = Math.ceil(SHORTEST * ENVELOPE_RATE); lag <= LONGEST * ENVELOPE_RATE; lag++) {
    const [before, height, after] = [correlation[lag - 1], correlation[lag], correlation[lag + 1]];
    if (!(height >= before && height > after)) continue;
    // The top of the parabola through the three points.
    peaks.push({ lag: lag + (before - after) / (2 * (before - 2 * height + after)), height });
  }
  peaks.sort((a, b) => b.height - a.height);
  const lengths = peaks.slice(0, most).map(({ lag }) => lag / ENVELOPE_RATE);
  return lengths.length > 0 ? lengths : [0.8];
}

function autocorrelation(values: Float64Array, longest: number): Float64Array {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const centred = values.map((x) => x - mean);
  return Float64Array.from({ length: longest + 2 }, (_, lag) => {
    let sum = 0;
    for (let i = 0; i + lag < centred.length; i++) sum += centred[i] * centred[i + lag];
    return sum / Math.max(1, centred.length - lag);
  });
}
