import type { Manifest } from "../../datasets/mod.ts";
import {
  type DecisionAim,
  type FloorAnswers,
  linearFloor,
  nearestFloor,
  type RowFeatures,
  shortcutFloor,
} from "../../evaluation/mod.ts";
import type { Fold } from "../../splits/mod.ts";
import type { LabelledWindows } from "../prepare/labelled_windows.ts";

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

/** Mean, and mean and standard deviation, of each channel of each band over all windows of a row. */
function rowSpectra(
  { frames, bands, channels, count, rows: rowOf, read }: LabelledWindows,
  rows: number,
): { mean: RowFeatures; meanAndDeviation: RowFeatures; known: Uint8Array } {
  const width = bands * channels;
  const sum = new Float64Array(rows * width), square = new Float64Array(rows * width), seen = new Float64Array(rows);
  const window = new Float32Array(frames * width);
  for (let index = 0; index < count; index++) {
    const row = rowOf[index];
    read(index, window, 0);
    seen[row] += frames;
    for (let i = 0; i < window.length; i++) {
      const at = row * width + i % width;
      sum[at] += window[i];
      square[at] += window[i] ** 2;
    }
  }
  const mean = sum.map((value, at) => value / Math.max(1, seen[Math.floor(at / width)]));
  const both = new Float64Array(2 * rows * width);
  for (let at = 0; at < mean.length; at++) {
    const row = Math.floor(at / width), column = at % width;
    const variance = square[at] / Math.max(1, seen[row]) - mean[at] ** 2;
    both[2 * row * width + column] = mean[at];
    both[(2 * row + 1) * width + column] = Math.sqrt(Math.max(0, variance));
  }
  return {
    mean: { values: mean, width: width },
    meanAndDeviation: { values: both, width: 2 * width },
    known: Uint8Array.from(seen, (frames) => Number(frames > 0)),
  };
}
