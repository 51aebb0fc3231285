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

/** Loss and score of validation windows by the outputs of a network, `[count, outputs]`, which are no classes. */
export type OutputsJudge = (outputs: Float32Array) => { validationLoss: number; validationScore: number };

export interface ValidateOptions {
  validation: ExampleSet;
  statistics: FeatureStatistics;
  /** Left out only where `judge` stands in its place. */
  monitor?: Monitor;
  judge?: OutputsJudge;
  signal?: AbortSignal;
}

/** Loss and score of a session on the validation windows; nothing where it was aborted. */
export async function validate(
  session: TrainingSession,
  { validation, statistics, monitor, judge, signal }: ValidateOptions,
): Promise<{ validationLoss: number; validationScore: number } | undefined> {
  const { source } = validation;
  const logits = await predictLogits(session, { ...validation, statistics, signal });
  if (logits === undefined) return undefined;
  if (judge) return judge(logits);
  const probabilities = softmax(logits, source.classes);
  const labels = labelsOf(validation);
  let loss = 0, known = 0;
  // At least the smallest float32: one certain error must not make the mean infinite.
  labels.forEach((label, i) => {
    if (label < 0) return;
    loss -= Math.log(Math.max(probabilities[i * source.classes + label], 1e-38));
    known++;
  });
  return { validationLoss: loss / known, validationScore: monitor!(probabilities, labels) };
}
