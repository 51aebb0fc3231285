import type { TrainingSession } from "../engines/mod.ts";
import type { ExampleSet } from "./example_source.ts";
import type { FeatureStatistics } from "./feature_statistics.ts";
import { runWindows } from "./run_windows.ts";

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
  options: ExampleSet & PredictLogitsOptions,
): Promise<Float32Array | undefined> {
  return (await runWindows((inputs, count) => session.predict(inputs, count), options))?.values;
}
