import { DataError } from "../errors/mod.ts";
import type { WindowShape } from "../features/window_shape.ts";
import type { ExampleSource } from "./example_source.ts";

/** Mean and standard deviation of each channel of each band, `[bands, channels]`. */
export interface FeatureStatistics {
  mean: Float32Array;
  std: Float32Array;
}

/**
 * Statistics of each channel of each band over all frames of the given windows (Welford 1962, in 64 bits), for {@linkcode standardise}.
 * Give it training windows only: statistics of others would tell the network of them. One that never changes gets the
 * deviation 1.
 *
 * @throws {DataError} naming the first window with a value that is no finite number.
 */
export function featureStatistics(source: ExampleSource, indices: Int32Array): FeatureStatistics {
  const width = source.bands * source.channels;
  const mean = new Float64Array(width);
  const squares = new Float64Array(width);
  const window = new Float32Array(source.frames * width);
  let count = 0;
  for (const index of indices) {
    source.read(index, window, 0);
    assertFinite(window, index);
    for (let start = 0; start < window.length; start += width) {
      count++;
      for (let at = 0; at < width; at++) {
        const value = window[start + at];
        const distance = value - mean[at];
        mean[at] += distance / count;
        squares[at] += distance * (value - mean[at]);
      }
    }
  }
  const std = Float32Array.from(squares, (sum) => Math.sqrt(sum / Math.max(1, count)));
  return { mean: Float32Array.from(mean), std: std.map((value) => value > 1e-6 ? value : 1) };
}

/** Those by which {@linkcode standardise} leaves everything as it is. */
export function plainStatistics({ bands, channels }: Pick<WindowShape, "bands" | "channels">): FeatureStatistics {
  const width = bands * channels;
  return { mean: new Float32Array(width), std: new Float32Array(width).fill(1) };
}

/** Takes off the mean and divides by the deviation, in place; `[…, bands, channels]`. */
export function standardise(features: Float32Array, { mean, std }: FeatureStatistics): void {
  const width = mean.length;
  for (let start = 0; start < features.length; start += width) {
    for (let at = 0; at < width; at++) {
      features[start + at] = (features[start + at] - mean[at]) / std[at];
    }
  }
}

/** A whole recording, `[frames, bands, channels]`, each band and channel less its mean and over its deviation there. */
export function standardiseWhole(
  values: Float32Array,
  { bands, channels }: Pick<WindowShape, "bands" | "channels">,
): Float32Array {
  const frames = values.length / (bands * channels), own = values.slice();
  const one = { frames, bands, channels, count: 1, classes: 1, labels: Int32Array.of(0) };
  const read = (_: number, into: Float32Array) => into.set(values);
  standardise(own, featureStatistics({ ...one, read }, one.labels));
  return own;
}

/** Refuses the window `index` where a value is no finite number. */
export function assertFinite(window: Float32Array, index: number): void {
  // One NaN or infinity makes the sum so; adding is ten times faster than asking each value.
  let sum = 0;
  for (const value of window) sum += value * 0;
  if (sum === 0) return;
  throw new DataError({
    expected: "finite feature values",
    found: `${window.find((value) => !Number.isFinite(value))}`,
    where: `training window ${index}`,
    remedy: "check the recording and build the features again",
  });
}
