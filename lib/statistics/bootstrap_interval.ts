import { normalCdf, normalQuantile } from "./distributions.ts";

/** An interval of a bootstrapped score. */
export interface BootstrapInterval {
  /** NaN where no resample has the score. */
  low: number;
  high: number;
  /** Resamples without the score (a class was not drawn); they are left out. */
  undefinedReplicates: number;
}

/** What {@linkcode bootstrapInterval} needs beside the replicates. */
export interface IntervalOptions {
  /** Coverage, e.g. 0.95. */
  level: number;
  /** For the bias-corrected and accelerated interval: the score itself, and without each cluster. */
  bca?: { point: number; jackknife: Float64Array };
}

/**
 * Percentile interval of the replicates (quantiles of type 7); or the BCa interval (Efron 1987), which falls back to the
 * percentile interval where the jackknife does not exist.
 */
export function bootstrapInterval(replicates: Float64Array, options: IntervalOptions): BootstrapInterval {
  const { level, bca } = options;
  const sorted = replicates.filter((value) => !Number.isNaN(value)).sort();
  const tail = (1 - level) / 2;
  const [below, above] = bca ? bcaLevels(sorted, { tail, ...bca }) : [tail, 1 - tail];
  return {
    low: quantile(sorted, below),
    high: quantile(sorted, above),
    undefinedReplicates: replicates.length - sorted.length,
  };
}

/** Quantile of sorted values, linear between them (Hyndman & Fan 1996, type 7). */
export function quantile(sorted: ArrayLike<number>, p: number): number {
  if (sorted.length === 0) return NaN;
  const at = p * (sorted.length - 1), below = Math.floor(at);
  const above = Math.min(sorted.length - 1, below + 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}

function bcaLevels(
  sorted: Float64Array,
  { tail, point, jackknife }: { tail: number; point: number; jackknife: Float64Array },
): [number, number] {
  let below = 0;
  // A replicate equal to the score counts half.
  for (const value of sorted) below += value < point - 1e-12 ? 1 : value <= point + 1e-12 ? 0.5 : 0;
  const bias = normalQuantile(below / sorted.length);
  const mean = jackknife.reduce((a, b) => a + b, 0) / jackknife.length;
  let square = 0, cube = 0;
  for (const value of jackknife) {
    square += (mean - value) ** 2;
    cube += (mean - value) ** 3;
  }
  const acceleration = square > 0 ? cube / (6 * square ** 1.5) : 0;
  if (!Number.isFinite(bias) || !Number.isFinite(acceleration)) return [tail, 1 - tail];
  const shifted = (p: number) => {
    const z = bias + normalQuantile(p);
    return normalCdf(bias + z / (1 - acceleration * z));
  };
  return [shifted(tail), shifted(1 - tail)];
}
