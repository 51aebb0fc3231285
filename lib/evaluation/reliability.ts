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
