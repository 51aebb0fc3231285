import type { TrainingSession } from "../engines/mod.ts";
import type { ExampleSet } from "./example_source.ts";
import type { FeatureStatistics } from "./feature_statistics.ts";
import { predictLogits } from "./predict_logits.ts";
import { softmax } from "./softmax.ts";

/**
 * Says how good predictions are; more is better.
 *
 * @param probabilities `[count, classes]`
 * @param labels `[count]`
 */
export type Monitor = (probabilities: Float32Array, labels: Int32Array) => number;

/** Options of {@linkcode validate}. */
export interface ValidateOptions {
  validation: ExampleSet;
  statistics: FeatureStatistics;
  monitor: Monitor;
  signal?: AbortSignal;
}

/** Loss and score of a session on the validation windows; nothing where it was aborted. */
export async function validate(
  session: TrainingSession,
  { validation, statistics, monitor, signal }: ValidateOptions,
): Promise<{ validationLoss: number; validationScore: number } | undefined> {
  const { source, indices } = validation;
  const logits = await predictLogits(session, { ...validation, statistics, signal });
  if (logits === undefined) return undefined;
  const probabilities = softmax(logits, source.classes);
  const labels = Int32Array.from(indices, (index) => source.labels[index]);
  let loss = 0;
  // At least the smallest float32: one certain error must not make the mean infinite.
  labels.forEach((label, i) => loss -= Math.log(Math.max(probabilities[i * source.classes + label], 1e-38)));
  return { validationLoss: loss / labels.length, validationScore: monitor(probabilities, labels) };
}
