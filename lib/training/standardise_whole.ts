import type { WindowShape } from "../features/window_shape.ts";
import { featureStatistics, standardise } from "./feature_statistics.ts";

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
