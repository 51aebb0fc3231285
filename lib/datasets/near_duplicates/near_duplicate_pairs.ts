import { candidatePairs } from "./candidate_pairs.ts";
import { correlationAt, crossCorrelation } from "./cross_correlation.ts";
import { THUMBNAIL_RATE } from "./thumbnail.ts";

/** Two signals that hold the same sound. */
export interface NearDuplicatePair {
  /** Indices, `a < b`. */
  a: number;
  b: number;
  /** Normalised cross-correlation at the best lag, in [-1, 1]. */
  correlation: number;
  /** Seconds by which `a` is behind `b`. */
  lag: number;
}

/** Samples around a voted lag that are tried: an anchor can be off by a step of the vote. */
const AROUND = 4;

/** A candidate that is further than this from the threshold at its voted lags isn't worth a transform. */
const PROMISING = 0.15;

/**
 * Pairs of thumbnails whose normalised cross-correlation reaches the threshold (either sign). Candidates come from
 * fingerprints; each is looked at around its voted lags first, then over all lags by FFT.
 *
 * @param onProgress Told the number of signals that are done.
 */
export function nearDuplicatePairs(
  signals: readonly Int16Array[],
  { threshold, onProgress }: { threshold: number; onProgress?: (done: number) => void },
): NearDuplicatePair[] {
  const pairs: NearDuplicatePair[] = [];
  let b = 0;
  for (const candidates of candidatePairs(signals)) {
    for (const { a, lags } of candidates) {
      if (!lags.some((lag) => bestAround(signals[a], signals[b], lag) >= threshold - PROMISING)) continue;
      const { correlation, lag } = crossCorrelation(signals[a], signals[b]);
      if (Math.abs(correlation) >= threshold) pairs.push({ a, b, correlation, lag: lag / THUMBNAIL_RATE });
    }
    b++;
    onProgress?.(b);
  }
  return pairs;
}

function bestAround(a: Int16Array, b: Int16Array, lag: number): number {
  let best = 0;
  for (let near = lag - AROUND; near <= lag + AROUND; near++) {
    best = Math.max(best, Math.abs(correlationAt(a, b, near)));
  }
  return best;
}
