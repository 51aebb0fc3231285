import { metadataValues } from "../metadata/metadata_values.ts";
import { inputWindows } from "../features/input_windows.ts";
import { windowSize } from "../features/window_shape.ts";
import { standardise } from "../training/feature_statistics.ts";
import { softmax } from "../training/softmax.ts";
import { withMetadata } from "../training/with_metadata.ts";
import type { HeardPieces, HearOptions } from "./hear_cycles.ts";
import type { Predictor } from "./predictor.ts";

/** Windows that go through a network at once. */
const BATCH = 32;

/** What the networks say of each window of a prepared recording. */
export async function hearWindows(
  { bundle, networks }: Predictor,
  prepared: Float32Array,
  { input, attributes }: HearOptions,
): Promise<HeardPieces> {
  const windows = inputWindows(prepared, { start: 0, end: prepared.length / input.sampleRate, input });
  const size = windowSize(bundle);
  const features = new Float32Array(windows.length * size);
  for (const [i, window] of windows.entries()) {
    features.set(await input.compute(window.samples, window.from), i * size);
  }
  return { pieces: windows, said: await meanProbabilities(features, { bundle, networks, attributes }) };
}

/** `[windows, classes]`: the mean of what the networks say of each window. */
async function meanProbabilities(
  features: Float32Array,
  { bundle, networks, attributes }: Predictor & Pick<HearOptions, "attributes">,
): Promise<Float64Array> {
  const classes = bundle.classes.length, size = windowSize(bundle);
  const count = features.length / size;
  const mean = new Float64Array(count * classes);
  for (const { statistics, metadata, predict } of networks) {
    const known = metadata && metadataValues(metadata, attributes);
    for (let start = 0; start < count; start += BATCH) {
      const end = Math.min(count, start + BATCH);
      const batch = features.slice(start * size, end * size);
      standardise(batch, statistics);
      const whole = known ? withMetadata(batch, new Array(end - start).fill(known), bundle) : batch;
      const probabilities = softmax(await predict(whole, end - start), classes);
      probabilities.forEach((value, i) => mean[start * classes + i] += value / networks.length);
    }
  }
  return mean;
}
