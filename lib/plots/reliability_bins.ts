/** Predictions of similar confidence. */
export interface ReliabilityBin {
  count: number;
  /** Mean confidence. */
  confidence: number;
  /** Share that was right, with its Wilson 95 % interval. */
  accuracy: number;
  low: number;
  high: number;
}

const Z = 1.959964; // 97.5 % quantile of the normal distribution

/**
 * Bins with equally many predictions each (Nguyen and O'Connor 2015): the highest bin of a confident model does not
 * swallow the rest, and every point rests on the same count.
 */
export function reliabilityBins(
  confidence: readonly number[],
  right: readonly boolean[],
  options: { bins?: number } = {},
): ReliabilityBin[] {
  const count = confidence.length;
  const bins = Math.min(options.bins ?? 10, Math.max(1, Math.floor(count / 10)));
  const order = confidence.map((_, i) => i).sort((a, b) => confidence[a] - confidence[b]);
  return Array.from({ length: bins }, (_, bin) => {
    const items = order.slice(Math.round(bin * count / bins), Math.round((bin + 1) * count / bins));
    const accuracy = items.filter((item) => right[item]).length / items.length;
    return {
      count: items.length,
      confidence: items.reduce((sum, item) => sum + confidence[item], 0) / items.length,
      accuracy,
      ...wilson(accuracy, items.length),
    };
  }).filter((bin) => bin.count > 0);
}

/** Wilson 1927: an interval for a share that stays inside [0, 1]. */
function wilson(share: number, n: number): { low: number; high: number } {
  const centre = (share + Z * Z / (2 * n)) / (1 + Z * Z / n);
  const half = Z / (1 + Z * Z / n) * Math.sqrt(share * (1 - share) / n + Z * Z / (4 * n * n));
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) };
}
