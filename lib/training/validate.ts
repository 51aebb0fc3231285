import type { TrainingSession } from "../engines/mod.ts";
import { labelsOf } from "./by_frame.ts";
import type { ExampleSet } from "./example_source.ts";
import type { FeatureStatistics } from "./feature_statistics.ts";
import { predictLogits } from "./predict_logits.ts";
import { softmax } from "./softmax.ts";

/**
 * Says how good predictions are; more is better.
 *
 * @param probabilities `[count, classes]`; where frames are judged, the count is theirs.
 * @param labels `[count]`; -1 where none is known.
 */
export type Monitor = (probabilities: Float32Array, labels: Int32Array) => number;

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
  const { source } = validation;
  const logits = await predictLogits(session, { ...validation, statistics, signal });
  if (logits === undefined) return undefined;
  const probabilities = softmax(logits, source.classes);
  const labels = labelsOf(validation);
  let loss = 0, known = 0;
  // At least the smallest float32: one certain error must not make the mean infinite.
  labels.forEach((label, i) => {
    if (label < 0) return;
    loss -= Math.log(Math.max(probabilities[i * source.classes + label], 1e-38));
    known++;
  });
  return { validationLoss: loss / known, validationScore: monitor(probabilities, labels) };
}
