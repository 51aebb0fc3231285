import { proportionInterval } from "./proportion_interval.ts";

/** Predictions of similar confidence, equally many in each bin. */
export interface EqualCountBin {
  count: number;
  /** Mean confidence. */
  confidence: number;
  /** Share that was right, with its Wilson interval, which takes items as independent. */
  accuracy: number;
  low: number;
  high: number;
}

/**
 * How often a confidence was right, in bins of equally many predictions (Nguyen & O'Connor 2015): the highest bin of a
 * confident model does not swallow the rest, and every point rests on the same count, of ten predictions or more.
 */
export function equalCountReliability(
  confidence: ArrayLike<number>,
  right: ArrayLike<number>,
  { bins = 10, level = 0.95 }: { bins?: number; level?: number } = {},
): EqualCountBin[] {
  const n = confidence.length, size = Math.min(bins, Math.max(1, Math.floor(n / 10)));
  const order = Array.from({ length: n }, (_, i) => i).sort((a, b) => confidence[a] - confidence[b]);
  return Array.from({ length: size }, (_, bin) => {
    const items = order.slice(Math.round(bin * n / size), Math.round((bin + 1) * n / size));
    const hits = items.reduce((sum, i) => sum + Number(right[i]), 0), count = items.length;
    const sure = items.reduce((sum, i) => sum + confidence[i], 0) / count;
    return { count, confidence: sure, accuracy: hits / count, ...proportionInterval(hits, count, { level }) };
  }).filter((bin) => bin.count > 0);
}
