import type { Manifest } from "../../datasets/mod.ts";
import { fitNeighbours, neighbourhood, type TrainingNeighbours, type TrainingSound } from "../../rejection/mod.ts";
import { type Fold, subjectKey } from "../../splits/mod.ts";
import type { RecordingDescription } from "../prepare/kept_facts.ts";

/** What {@linkcode learnNeighbours} and `learnQuality` learn from. */
export interface LearnRefusalOptions {
  manifest: Pick<Manifest, "rows" | "classes">;
  folds: readonly Pick<Fold, "train" | "validation" | "test">[];
  /** By name of the recording. */
  descriptions: ReadonlyMap<string, RecordingDescription>;
}

/**
 * The training recordings of the first fold, against which `predict` holds a new one. How many test recordings are within
 * the limit is counted in every fold, with a limit of its own.
 *
 * @returns `undefined` where the training or validation part has no recording that can be read.
 */
export function learnNeighbours(
  { manifest, folds, descriptions }: LearnRefusalOptions,
): TrainingNeighbours | undefined {
  const { rows, classes } = manifest;
  const recordings = (side: Int32Array): TrainingSound[] => {
    const byName = Map.groupBy(side, (row) => rows[row].recording);
    return [...byName].flatMap(([name, own]) => {
      const descriptor = descriptions.get(name)?.descriptor;
      const label = mostFrequent(own.map((row) => classes.indexOf(rows[row].label)));
      return descriptor
        ? [{ descriptor: Float64Array.from(descriptor), subject: subjectKey(rows[own[0]]), label }]
        : [];
    });
  };
  const heldOut = { recordings: 0, accepted: 0 };
  let first: TrainingNeighbours | undefined;
  for (const { train, validation, test } of testedOnce(folds)) {
    const known = recordings(train), chosen = recordings(validation);
    if (known.length === 0 || chosen.length === 0) return undefined;
    const fitted = fitNeighbours(known, chosen);
    for (const { descriptor } of recordings(test)) {
      heldOut.recordings++;
      if (neighbourhood(descriptor, fitted).distance <= fitted.limit) heldOut.accepted++;
    }
    first ??= fitted;
  }
  return { ...first!, heldOut };
}

/** The folds, each row in the test part that has it first: inner folds, seeds and repeats judge the same rows again. */
export function testedOnce<F extends Pick<Fold, "test">>(folds: readonly F[]): F[] {
  const tested = new Set<number>();
  return folds.map((fold) => {
    const test = fold.test.filter((row) => !tested.has(row));
    test.forEach((row) => tested.add(row));
    return { ...fold, test };
  });
}

/** The class that most items of a recording have. */
function mostFrequent(labels: readonly number[]): number {
  const counts = Map.groupBy(labels, (label) => label);
  return [...counts].reduce((most, one) => one[1].length > most[1].length ? one : most)[0];
}
