import type { Manifest, ManifestRow } from "../../datasets/mod.ts";
import type { FitDecisionOptions } from "../../decision/mod.ts";
import { AuscultError } from "../../errors/mod.ts";
import {
  encoderFile,
  encodersIn,
  type InputOptions,
  openInput,
  randomWeights,
  spectrumBeside,
  withRandomWeights,
} from "../../features/mod.ts";
import { linearFloor, metadataFloor, nearestFloor, shortcutFloor } from "../../floors/mod.ts";
import type { FloorAnswers, RowFeatures } from "../../floors/mod.ts";
import type { Fold } from "../../splits/mod.ts";
import type { CacheOptions } from "../prepare/extract_features.ts";
import { type LabelledWindows, openWindows, rowSpectra } from "../prepare/labelled_windows.ts";

/** What the floors are trained on: what the network was, and nothing else. */
export interface TrainFloorsOptions extends Pick<FitDecisionOptions, "aim" | "overSources"> {
  manifest: Manifest;
  windows: LabelledWindows;
  folds: readonly Fold[];
  /** Numbers of each row that say nothing of the sound itself: `{ level }`. */
  numbers?: Readonly<Record<string, ArrayLike<number>>>;
  /** Attributes that the network is given beside the sound. */
  metadata?: readonly string[];
  /**
   * Where the input gives no spectrum: what its floors hear instead. What it gives itself is no floor, since that is what is
   * judged.
   */
  encoder?: Partial<Pick<EncoderWindows, "spectrum" | "random">>;
}

/**
 * Models that a network has to beat, trained on the same splits: `shortcut` hears no sound (duration, level, source,
 * what is known of patient and device), `linear` sees the mean spectrum, `nearest` looks up the most similar training
 * item by the mean and the deviation of each band; `metadata` is given what the network is given beside the sound. Beside an encoder stand also the shortcuts without the duration, the
 * mean spectrum with it, and the same encoder with random weights under a linear model.
 *
 * @returns what each says of the validation and the test rows of all folds.
 */
export function trainFloors(
  { manifest: { rows, classes }, windows, folds, aim, overSources, numbers, metadata, encoder }: TrainFloorsOptions,
): Record<string, FloorAnswers> {
  const own = rowSpectra(windows, rows.length), { known } = own;
  const spectra = encoder ? encoder.spectrum && rowSpectra(encoder.spectrum, rows.length) : own;
  const random = encoder?.random && rowSpectra(encoder.random, rows.length).mean;
  const floors: Record<string, FloorAnswers[]> = {};
  const add = (name: string, answers: FloorAnswers) => (floors[name] ??= []).push(answers);
  const alike = rows.map((row) => ({ ...row, end: row.start + 1 })); // whose duration tells nothing
  // Floors draw nothing: one seed says all.
  for (const fold of folds.filter(({ seed }) => seed === folds[0].seed)) {
    const read = (side: Int32Array) => side.filter((row) => known[row] === 1);
    const { train, validation, test } = fold;
    const readable = { ...fold, train: read(train), validation: read(validation), test: read(test) };
    const options = { rows, fold: readable, classes, aim, overSources };
    add("shortcut", shortcutFloor({ ...options, numbers }));
    if (metadata) add("metadata", metadataFloor(metadata, options));
    if (spectra) {
      add("linear", linearFloor(spectra.mean, options));
      add("nearest", nearestFloor(spectra.meanAndDeviation, options));
    }
    if (encoder) add("shortcut-without-duration", shortcutFloor({ ...options, rows: alike, numbers }));
    if (encoder && spectra) add("linear-with-duration", linearFloor(withDuration(spectra.mean, rows), options));
    if (random) add("random-encoder", linearFloor(random, options));
  }
  const all = (answers: FloorAnswers[]) => ({
    validation: answers.flatMap(({ validation }) => validation),
    test: answers.flatMap(({ test }) => test),
  });
  return Object.fromEntries(Object.entries(floors).map(([name, answers]) => [name, all(answers)]));
}

/** The features of each row, and how long it lasts. */
function withDuration({ values, width }: RowFeatures, rows: readonly ManifestRow[]): RowFeatures {
  const wider = width + 1;
  const joined = Float64Array.from({ length: rows.length * wider }, (_, at) => {
    const row = Math.floor(at / wider), column = at % wider;
    return column < width ? values[row * width + column] : rows[row].end - rows[row].start;
  });
  return { values: joined, width: wider };
}

/** What the floors hear where the input gives no spectrum, to be closed. */
export interface EncoderWindows extends Disposable {
  /** Log-Mel at the input's rate. */
  spectrum: LabelledWindows;
  /** The same encoder, which has learned nothing; missing without one, or where its weights can't be drawn. */
  random?: LabelledWindows;
  /** What is missing and why, as sentences. */
  warnings: string[];
}

/** Whether windows are a spectrum over time: no embeddings, and no row of numbers for all of a window. */
export function givesSpectrum(input: InputOptions): boolean {
  return encodersIn(input).length === 0 && openInput(input).frames > 1;
}

/** What stands beside an encoder's embeddings, or beside one row of numbers for a whole window; nothing for a spectrum. */
export async function encoderWindows(
  input: InputOptions,
  { manifest, ...options }: CacheOptions & { manifest: Manifest },
): Promise<EncoderWindows | undefined> {
  if (givesSpectrum(input)) return undefined;
  const why = await notToBeDrawn(input);
  using opened = new DisposableStack();
  const spectrum = opened.use(await openWindows(manifest, spectrumBeside(input), options));
  const random = encodersIn(input).length > 0 && why === undefined
    ? await openWindows(manifest, withRandomWeights(input), options)
    : undefined;
  opened.use(random);
  const kept = opened.move();
  return {
    ...{ spectrum, random },
    warnings: why === undefined ? [] : [`The floor of random weights is missing: ${why}`],
    [Symbol.dispose]: () => kept.dispose(),
  };
}

/** Why an encoder's weights can't be drawn anew; the training that was done by now isn't lost for that. */
async function notToBeDrawn(input: InputOptions): Promise<string | undefined> {
  try {
    for (const encoder of encodersIn(input)) randomWeights(await encoderFile(encoder), { seed: 0 });
    return undefined;
  } catch (error) {
    if (error instanceof AuscultError) return error.message;
    throw error;
  }
}
