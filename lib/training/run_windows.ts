import { windowSize } from "../features/window_shape.ts";
import type { ExampleSet } from "./example_source.ts";
import { standardise } from "./feature_statistics.ts";
import type { PredictLogitsOptions } from "./predict_logits.ts";
import { withMetadata } from "./with_metadata.ts";

/** What a network or a part of it gives for standardised windows: `[count, width]` of `[count, frames, bands, channels]`. */
type Run = (inputs: Float32Array, count: number) => Promise<Float32Array>;

/**
 * Sends windows through a network, in their order.
 *
 * @returns `[indices.length, width]`; nothing where it was aborted.
 */
export function runWindows(
  run: Run,
  options: ExampleSet & PredictLogitsOptions & { signal?: undefined },
): Promise<{ values: Float32Array; width: number }>;
export function runWindows(
  run: Run,
  options: ExampleSet & PredictLogitsOptions,
): Promise<{ values: Float32Array; width: number } | undefined>;
export async function runWindows(
  run: Run,
  { source, indices, statistics, batchSize = 64, signal }: ExampleSet & PredictLogitsOptions,
): Promise<{ values: Float32Array; width: number } | undefined> {
  const size = windowSize(source);
  const inputs = new Float32Array(batchSize * size);
  let values = new Float32Array(), width = 0;
  for (let start = 0; start < indices.length; start += batchSize) {
    if (signal?.aborted) return undefined;
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
