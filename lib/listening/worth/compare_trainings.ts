import { compareRuns, type RunComparison } from "../../evaluation/mod.ts";
import { type Prediction } from "../../scores/mod.ts";
import type { HeardLabel } from "../../runs/mod.ts";
import { itemKey } from "../item_key.ts";

/** What a run answered, and the labels that listeners decided on in it. */
export interface LabelledRun {
  predictions: readonly Prediction[];
  /** Of `labels.csv`; none where it was trained on the dataset's. */
  labels?: readonly HeardLabel[];
}

/** Two trainings on the same folds, by each of the two kinds of labels. */
export interface TrainingComparison {
  /** By the labels of the dataset. */
  asGiven: RunComparison;
  /** By those that listeners decided on, and the dataset's where there are none. */
  asVerified: RunComparison;
}

/**
 * The paired comparison of training with listeners' labels and without, on the items that both judged. What was chosen for
 * listening by the networks' errors speaks for verified labels; the given ones speak for who learned from them.
 *
 * @throws {InputError} where the runs have no item in common.
 */
export function compareTrainings(
  verified: LabelledRun,
  given: LabelledRun,
  options: Parameters<typeof compareRuns>[2],
): TrainingComparison {
  const labels = new Map([...given.labels ?? [], ...verified.labels ?? []].map((one) => [itemKey(one), one]));
  const by = (which: "given" | "used", { predictions }: LabelledRun) =>
    predictions.map((one) => ({ ...one, label: labels.get(itemKey(one))?.[which] ?? one.label }));
  const compare = (which: "given" | "used") => compareRuns(by(which, verified), by(which, given), options);
  return { asGiven: compare("given"), asVerified: compare("used") };
}
