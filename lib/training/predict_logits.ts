import type { TrainingSession } from "../engines/mod.ts";
import { windowSize } from "../features/mod.ts";
import { outputsOf } from "./by_frame.ts";
import type { ExampleSet } from "./example_source.ts";
import { type FeatureStatistics, standardise } from "./feature_statistics.ts";

/** Options of {@linkcode predictLogits}. */
export interface PredictLogitsOptions {
  /** Of the training windows. */
  statistics: FeatureStatistics;
  /** Windows at once. @default {64} */
  batchSize?: number;
  /** Ends it between two batches, with nothing as its result. */
  signal?: AbortSignal;
}

/**
 * The outputs of a session for some windows, in their order, before {@linkcode softmax}.
 *
 * @returns `[indices.length, classes]`, or `[indices.length, frames, classes]` of frames; nothing where it was aborted.
 */
export function predictLogits(
  session: Pick<TrainingSession, "predict">,
  options: ExampleSet & PredictLogitsOptions & { signal?: undefined },
): Promise<Float32Array>;
export function predictLogits(
  session: Pick<TrainingSession, "predict">,
  options: ExampleSet & PredictLogitsOptions,
): Promise<Float32Array | undefined>;
export async function predictLogits(
  session: Pick<TrainingSession, "predict">,
  { source, indices, statistics, batchSize = 64, signal }: ExampleSet & PredictLogitsOptions,
): Promise<Float32Array | undefined> {
  const size = windowSize(source), outputs = outputsOf(source);
  const inputs = new Float32Array(batchSize * size);
  const logits = new Float32Array(indices.length * outputs);
  for (let start = 0; start < indices.length; start += batchSize) {
    if (signal?.aborted) return undefined;
    const count = Math.min(batchSize, indices.length - start);
    for (let i = 0; i < count; i++) source.read(indices[start + i], inputs, i * size);
    const batch = inputs.subarray(0, count * size);
    standardise(batch, statistics);
    logits.set(await session.predict(batch, count), start * outputs);
  }
  return logits;
}
