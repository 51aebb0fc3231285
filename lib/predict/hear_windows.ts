import { metadataValues } from "../metadata/metadata_values.ts";
import { inputWindows } from "../features/input_windows.ts";
import { type OpenInput, openInput } from "../features/open_input.ts";
import { soundViews } from "../features/sound_views.ts";
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
  { input, attributes, recording }: HearOptions,
): Promise<HeardPieces> {
  const { windows, features } = await windowsOf(prepared, input);
  const all = joined([features, ...await otherViews(recording, { bundle, features })]);
  return { pieces: windows, said: await meanProbabilities(all, { bundle, networks, attributes }) };
}

/** The windows of a whole prepared recording, and their features one after the other. */
async function windowsOf(prepared: Float32Array, input: OpenInput) {
  const windows = inputWindows(prepared, { start: 0, end: prepared.length / input.sampleRate, input });
  const features: Float32Array[] = [];
  for (const { samples, from } of windows) features.push((await input.compute(samples, from)).slice());
  return { windows, features: joined(features) };
}

/** What else is heard of a recording, the features of all windows of each way to hear it. */
async function otherViews(
  { samples, sampleRate }: HearOptions["recording"],
  { bundle, features }: Pick<Predictor, "bundle"> & { features: Float32Array },
): Promise<Float32Array[]> {
  if (!bundle.average) return [];
  const size = windowSize(bundle), others: Float32Array[] = [];
  for (const { input, change } of soundViews(bundle.input, bundle.average).slice(1)) {
    if (change) {
      for (let at = 0; at < features.length; at += size) others.push(change(features.subarray(at, at + size)));
      continue;
    }
    const open = openInput(input);
    others.push((await windowsOf(open.prepare(samples, { sampleRate }), open)).features);
  }
  return others;
}

function joined(arrays: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
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
