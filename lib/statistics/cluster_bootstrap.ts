import type { RandomStream } from "../random/mod.ts";
import { normalCdf, normalQuantile } from "./distributions.ts";

/** Scores as a function of how often each cluster (subject) counts; NaN where a score does not exist. */
export type Statistic = (weights: Float64Array) => ArrayLike<number>;

export interface BootstrapOptions {
  clusters: number;
  /** Draws the resamples. */
  stream: RandomStream;
  /** @default {2000} */
  resamples?: number;
  /** Coverage. @default {0.95} */
  level?: number;
}

/** Scores of the whole and of every resample. */
export interface Bootstrap {
  /** Scores where each cluster counts once. */
  point: Float64Array;
  /** `[resamples]` a score; NaN where a resample misses a class. */
  replicates: Float64Array[];
  /** `[clusters or groups of them]` a score: without one of them. */
  jackknife: Float64Array[];
  /** Interval of score `i`. */
  interval(i: number, kind?: IntervalKind): BootstrapInterval;
}

/** How replicates become an interval: see {@linkcode bootstrapInterval}. */
export type IntervalKind = "percentile" | "bca";

const mostJackknifeGroups = 200; // most groups that the jackknife of the BCa interval leaves out one by one

/**
 * Bootstrap over whole clusters (Davison & Hinkley 1997, section 3.8): a resample draws as many subjects as there are, with
 * replacement, each with all its examples. Draws become weights, so that nothing is copied and all scores of a resample come
 * from one call.
 */
export function clusterBootstrap(statistic: Statistic, options: BootstrapOptions): Bootstrap {
  const { clusters, stream, resamples = 2000, level = 0.95 } = options;
  const weights = new Float64Array(clusters);
  const replicates = function* () {
    for (let b = 0; b < resamples; b++) {
      weights.fill(0);
      for (let draw = 0; draw < clusters; draw++) weights[stream.integer(clusters)]++;
      yield weights;
    }
  };
  return bootstrapFrom(statistic, { clusters, draws: replicates(), level });
}

/** The same for given resamples: how often each cluster was drawn. */
export function bootstrapFrom(
  statistic: Statistic,
  { clusters, draws, level }: { clusters: number; draws: Iterable<Float64Array>; level: number },
): Bootstrap {
  const point = Float64Array.from(statistic(new Float64Array(clusters).fill(1)));
  const replicates = columns(point.length, draws, statistic);
  let jackknife: Float64Array[] | undefined;
  const leaveOut = () => jackknife ??= columns(point.length, leaveOneOut(clusters), statistic);
  return {
    point,
    replicates,
    get jackknife() {
      return leaveOut();
    },
    interval: (i, kind = "percentile") =>
      bootstrapInterval(replicates[i], {
        level,
        bca: kind === "bca" ? { point: point[i], jackknife: leaveOut()[i] } : undefined,
      }),
  };
}

function columns(size: number, draws: Iterable<Float64Array>, statistic: Statistic): Float64Array[] {
  const rows = Array.from(draws, (weights) => Float64Array.from(statistic(weights)));
  return Array.from({ length: size }, (_, i) => Float64Array.from(rows, (row) => row[i]));
}

/** Every cluster left out once, or every group of clusters where there are many (delete-a-group jackknife). */
function* leaveOneOut(clusters: number): Generator<Float64Array> {
  const groups = Math.min(clusters, mostJackknifeGroups);
  const weights = new Float64Array(clusters);
  for (let group = 0; group < groups; group++) {
    weights.fill(1);
    for (let cluster = group; cluster < clusters; cluster += groups) weights[cluster] = 0;
    yield weights;
  }
}

/** An interval of a bootstrapped score. */
export interface BootstrapInterval {
  /** NaN where no resample has the score. */
  low: number;
  high: number;
  /** Resamples without the score (a class was not drawn); they are left out. */
  undefinedReplicates: number;
}

/**
 * Percentile interval of the replicates (quantiles of type 7); or from the score itself and without each cluster the BCa interval
 * (Efron 1987), which falls back to the percentile interval where the jackknife does not exist.
 */
function bootstrapInterval(
  replicates: Float64Array,
  { level, bca }: { level: number; bca?: { point: number; jackknife: Float64Array } },
): BootstrapInterval {
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
