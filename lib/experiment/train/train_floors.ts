import type { Manifest } from "../../datasets/mod.ts";
import { type DecisionAim, type FloorAnswers, linearFloor, nearestFloor, shortcutFloor } from "../../evaluation/mod.ts";
import type { Fold } from "../../splits/mod.ts";
import type { LabelledWindows } from "../prepare/labelled_windows.ts";
import { rowSpectra } from "../prepare/row_spectra.ts";

/** What the floors are trained on: what the network was, and nothing else. */
export interface TrainFloorsOptions {
  manifest: Manifest;
  windows: LabelledWindows;
  folds: readonly Fold[];
  aim: DecisionAim;
  /** Numbers of each row that say nothing of the sound itself: `{ level }`. */
  numbers?: Readonly<Record<string, ArrayLike<number>>>;
}

/**
 * Models that a network has to beat, trained on the same splits: `shortcut` hears no sound (duration, level, source,
 * what is known of patient and device), `linear` sees the mean spectrum, `nearest` looks up the most similar training
 * item by the mean and the deviation of each band.
 *
 * @returns what each says of the validation and the test rows of all folds.
 */
export function trainFloors(
  { manifest: { rows, classes }, windows, folds, aim, numbers }: TrainFloorsOptions,
): Record<string, FloorAnswers> {
  const spectra = rowSpectra(windows, rows.length);
  const floors: Record<string, FloorAnswers[]> = { shortcut: [], linear: [], nearest: [] };
  // Floors draw nothing: one seed says all.
  for (const fold of folds.filter(({ seed }) => seed === folds[0].seed)) {
    const readable = { ...fold, ...sides(fold, (row) => spectra.known[row] === 1) };
    const options = { rows, fold: readable, classes, aim };
    floors.shortcut.push(shortcutFloor({ ...options, numbers }));
    floors.linear.push(linearFloor(spectra.mean, options));
    floors.nearest.push(nearestFloor(spectra.meanAndDeviation, options));
  }
  return Object.fromEntries(
    Object.entries(floors).map(([name, answers]) => [name, {
      validation: answers.flatMap(({ validation }) => validation),
      test: answers.flatMap(({ test }) => test),
    }]),
  );
}

function sides({ train, validation, test }: Fold, keep: (row: number) => boolean) {
  return { train: train.filter(keep), validation: validation.filter(keep), test: test.filter(keep) };
}
