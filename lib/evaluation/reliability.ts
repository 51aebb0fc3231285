import { proportionInterval } from "./proportion_interval.ts";

/** One bar of a reliability diagram. */
export interface ReliabilityBin {
  /** `(low, high]`; the first bin holds 0 too. */
  low: number;
  high: number;
  /** Weight of the examples; a bin without any is left out. */
  count: number;
  /** Mean confidence. */
  confidence: number;
  /** Share that was right. */
  accuracy: number;
}

/** Number of equal bins in the expected calibration error (Guo et al. 2017). */
export const calibrationBins = 15;

/** How often a confidence was right, in equal bins. */
export function reliability(
  confidence: ArrayLike<number>,
  right: ArrayLike<number>,
  options: { bins?: number; weights?: ArrayLike<number> } = {},
): ReliabilityBin[] {
  const { bins = calibrationBins, weights } = options;
  const count = new Float64Array(bins), sure = new Float64Array(bins), hits = new Float64Array(bins);
  for (let i = 0; i < confidence.length; i++) {
    const bin = binOf(confidence[i], bins), weight = weights?.[i] ?? 1;
    count[bin] += weight;
    sure[bin] += weight * confidence[i];
    hits[bin] += weight * right[i];
  }
  return Array.from(count, (n, bin) => ({
    low: bin / bins,
    high: (bin + 1) / bins,
    count: n,
    confidence: sure[bin] / n,
    accuracy: hits[bin] / n,
  })).filter((bin) => bin.count > 0);
}

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

/** Bin of a confidence, closed on the right; a confidence within 1e-9 above an edge counts as on it. */
export function binOf(confidence: number, bins = calibrationBins): number {
  return Math.min(bins - 1, Math.max(0, Math.ceil(confidence * bins - 1e-9) - 1));
}

/** Expected calibration error: mean distance of accuracy from confidence, weighted by the bins' examples. */
export function calibrationError(bins: readonly ReliabilityBin[]): number {
  const total = bins.reduce((sum, bin) => sum + bin.count, 0);
  return bins.reduce((sum, bin) => sum + bin.count * Math.abs(bin.accuracy - bin.confidence), 0) / total;
}

/** The largest distance of accuracy from confidence in any bin. */
export function maximumCalibrationError(bins: readonly ReliabilityBin[]): number {
  return Math.max(...bins.map((bin) => Math.abs(bin.accuracy - bin.confidence)));
}
