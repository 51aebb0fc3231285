import type { TrainingSession } from "../engines/mod.ts";
import { windowSize } from "../features/window_shape.ts";
import type { ExampleSet } from "./example_source.ts";
import { type FeatureStatistics, standardise } from "./feature_statistics.ts";
import { withMetadata } from "./with_metadata.ts";

/** Windows, and how a network takes them. */
export interface RunWindowsOptions<Signal extends AbortSignal | undefined> extends ExampleSet {
  /** Of the training windows. */
  statistics: FeatureStatistics;
  /** Windows at once. @default {64} */
  batchSize?: number;
  /** Ends it between two batches, with nothing as its result. */
  signal?: Signal;
}

/** Nothing may come only where there is what could abort it. */
type OrAborted<Result, Signal> = Result | (Signal extends undefined ? never : undefined);

/**
 * Sends windows through a network, in their order.
 *
 * @param run What a network or a part of it gives for standardised windows: `[count, width]` of
 * `[count, frames, bands, channels]`.
 * @returns `[indices.length, width]`; nothing where it was aborted.
 */
export async function runWindows<Signal extends AbortSignal | undefined = undefined>(
  run: (inputs: Float32Array, count: number) => Promise<Float32Array>,
  { source, indices, statistics, batchSize = 64, signal }: RunWindowsOptions<Signal>,
): Promise<OrAborted<{ values: Float32Array; width: number }, Signal>> {
  const size = windowSize(source);
  const inputs = new Float32Array(batchSize * size);
  let values = new Float32Array(), width = 0;
  for (let start = 0; start < indices.length; start += batchSize) {
    if (signal?.aborted) return undefined as OrAborted<never, Signal>;
    const count = Math.min(batchSize, indices.length - start);
    for (let i = 0; i < count; i++) source.read(indices[start + i], inputs, i * size);
    const batch = inputs.subarray(0, count * size);
    standardise(batch, statistics);
    const { metadata } = source, own = indices.subarray(start, start + count);
    const whole = metadata ? withMetadata(batch, Array.from(own, (index) => metadata.values(index)), source) : batch;
    const some = await run(whole, count);
    if (start === 0) {
      width = some.length / count;
      values = new Float32Array(indices.length * width);
    }
    values.set(some, start * width);
  }
  return { values, width };
}

/**
 * The outputs of a session for some windows, in their order, before {@linkcode softmax}.
 *
 * @returns `[indices.length, classes]`, or `[indices.length, frames, classes]` of frames; nothing where it was aborted.
 */
export async function predictLogits<Signal extends AbortSignal | undefined = undefined>(
  session: Pick<TrainingSession, "predict">,
  options: RunWindowsOptions<Signal>,
): Promise<OrAborted<Float32Array, Signal>> {
  const run = await runWindows<AbortSignal | undefined>((inputs, count) => session.predict(inputs, count), options);
  return run?.values as OrAborted<Float32Array, Signal>;
}
