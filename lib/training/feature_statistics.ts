import { DataError } from "../errors/mod.ts";
import type { ExampleSource } from "./example_source.ts";

/** Mean and standard deviation of each band, `[nMels]`. */
export interface FeatureStatistics {
  mean: Float32Array;
  std: Float32Array;
}

/**
 * Statistics of each band over all frames of the given windows (Welford 1962, in 64 bits), for {@linkcode standardise}.
 * Give it training windows only: statistics of others would tell the network of them. A band that never changes gets the
 * deviation 1.
 *
 * @throws {DataError} naming the first window with a value that is no finite number.
 */
export function featureStatistics(source: ExampleSource, indices: Int32Array): FeatureStatistics {
  const { frames, nMels } = source;
  const mean = new Float64Array(nMels);
  const squares = new Float64Array(nMels);
  const window = new Float32Array(frames * nMels);
  let count = 0;
  for (const index of indices) {
    source.read(index, window, 0);
    assertFinite(window, index);
    for (let start = 0; start < window.length; start += nMels) {
      count++;
      for (let band = 0; band < nMels; band++) {
        const value = window[start + band];
        const distance = value - mean[band];
        mean[band] += distance / count;
        squares[band] += distance * (value - mean[band]);
      }
    }
  }
  const std = Float32Array.from(squares, (sum) => Math.sqrt(sum / Math.max(1, count)));
  return { mean: Float32Array.from(mean), std: std.map((value) => value > 1e-6 ? value : 1) };
}

/** Takes the mean off each band and divides by its deviation, in place; `[…, nMels]`. */
export function standardise(features: Float32Array, { mean, std }: FeatureStatistics): void {
  const nMels = mean.length;
  for (let start = 0; start < features.length; start += nMels) {
    for (let band = 0; band < nMels; band++) {
      features[start + band] = (features[start + band] - mean[band]) / std[band];
    }
  }
}

function assertFinite(window: Float32Array, index: number): void {
  const at = window.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return;
  throw new DataError({
    expected: "finite feature values",
    found: `${window[at]}`,
    where: `training window ${index}`,
    remedy: "check the recording and build the features again",
  });
}
