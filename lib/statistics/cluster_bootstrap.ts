import type { RandomStream } from "../random/mod.ts";
import { type BootstrapInterval, bootstrapInterval } from "./bootstrap_interval.ts";

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

/** Most groups that the jackknife of the BCa interval leaves out one by one. */
const mostJackknifeGroups = 200;

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
