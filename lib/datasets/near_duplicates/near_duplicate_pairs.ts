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
 */
export function nearDuplicatePairs(
  signals: readonly Int16Array[],
  { threshold, onProgress }: { threshold: number; onProgress?: (done: number) => void },
): NearDuplicatePair[] {
  const pairs: NearDuplicatePair[] = [];
  for (const { a, b, lags } of candidatePairs(signals)) {
    const promising = lags.some((lag) => {
      for (let near = lag - AROUND; near <= lag + AROUND; near++) {
        if (Math.abs(correlationAt(signals[a], signals[b], near)) >= threshold - PROMISING) return true;
      }
      return false;
    });
    onProgress?.(b);
    if (!promising) continue;
    const { correlation, lag } = crossCorrelation(signals[a], signals[b]);
    if (Math.abs(correlation) >= threshold) pairs.push({ a, b, correlation, lag: lag / THUMBNAIL_RATE });
  }
  return pairs;
}
