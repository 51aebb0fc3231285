import { signalQualityLimits } from "../../audio/mod.ts";
import type { Manifest } from "../../datasets/mod.ts";
import { fitNeighbours, fitQualityLimits, neighbourhood } from "../../rejection/mod.ts";
import type { QualityLimits, TrainingNeighbours, TrainingSound } from "../../rejection/mod.ts";
import { type Fold, subjectKey } from "../../splits/mod.ts";
import type { RecordingDescription } from "../prepare/hear.ts";

type Sides = Pick<Fold, "train" | "validation" | "test">;

/** What {@linkcode learnNeighbours} and {@linkcode learnQuality} learn from. */
export interface LearnRefusalOptions {
  manifest: Pick<Manifest, "rows" | "classes">;
  folds: readonly Sides[];
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
  { manifest: { rows, classes }, folds, descriptions }: LearnRefusalOptions,
): TrainingNeighbours | undefined {
  const recordings = (side: Int32Array) =>
    [...Map.groupBy(side, (row) => rows[row].recording)].flatMap(([name, own]): TrainingSound[] => {
      const descriptor = descriptions.get(name)?.descriptor;
      if (!descriptor) return [];
      const label = mostFrequent(own.map((row) => classes.indexOf(rows[row].label)));
      return [{ descriptor: Float64Array.from(descriptor), subject: subjectKey(rows[own[0]]), label }];
    });
  return learned(folds, ({ train, validation, test }) => {
    const known = recordings(train), chosen = recordings(validation);
    if (known.length === 0 || chosen.length === 0) return undefined;
    const limits = fitNeighbours(known, chosen);
    const distances = recordings(test).map(({ descriptor }) => neighbourhood(descriptor, limits).distance);
    return { limits, passed: distances.map((distance) => distance <= limits.limit) };
  });
}

/**
 * How poor a recording may be, by the training and validation recordings of the first fold: the judgement is learned from
 * none of them, and on another device than the experts' half of all recordings may look poor. How many test recordings pass
 * is counted in every fold, with limits of its own.
 */
export function learnQuality(
  { manifest: { rows }, folds, descriptions, sound }: LearnRefusalOptions & Pick<QualityLimits, "sound">,
): QualityLimits {
  const recordings = (side: Iterable<number>) =>
    [...new Set(Array.from(side, (row) => rows[row].recording))].flatMap((name) => descriptions.get(name) ?? []);
  return learned(folds, ({ train, validation, test }) => {
    const sane = recordings([...train, ...validation]).filter(({ faulty }) => !faulty);
    const limits = fitQualityLimits(sane.map(({ poor }) => poor), { sound });
    const limit = Math.max(signalQualityLimits(sound).unusable, limits.unusable);
    return { limits, passed: recordings(test).map(({ poor, faulty }) => !faulty && poor <= limit) };
  })!;
}

/** The limits of the first fold, and how many test recordings pass in all folds; nothing where a fold has no limits. */
function learned<Limits>(
  folds: readonly Sides[],
  learn: (fold: Sides) => { limits: Limits; passed: boolean[] } | undefined,
): Limits & { heldOut: { recordings: number; accepted: number } } | undefined {
  const each = testedOnce(folds).map(learn);
  if (each.includes(undefined)) return undefined;
  const passed = each.flatMap((one) => one!.passed);
  return { ...each[0]!.limits, heldOut: { recordings: passed.length, accepted: passed.filter(Boolean).length } };
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
