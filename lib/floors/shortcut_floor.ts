import type { ManifestRow } from "../datasets/manifest.ts";
import { quantile } from "../statistics/mod.ts";
import { type FloorAnswers, type FloorOptions, judgeFloor, labelsOf } from "./floor_model.ts";
import { linearModel } from "./linear_floor.ts";
import { logLoss } from "../scores/mod.ts";

export interface ShortcutOptions extends FloorOptions {
  /** Numbers of each row that say nothing of the sound itself, by name: `{ level: […] }` in dB. */
  numbers?: Readonly<Record<string, ArrayLike<number>>>;
}

/** Attributes of the manifest that describe a patient, a place or a microphone, and not a sound. */
const plainAttributes = ["age", "sex", "site", "device", "position"];

/**
 * What a model reaches that hears no sound: it knows a row's duration, its source, what the manifest says of patient, place
 * and device, and the level where that is given. Numbers enter as they are and by their eighths, so that a duration that is
 * typical without being long counts too. Each of these alone and all of them together are tried; the one with the least log
 * loss on the validation part is the floor.
 *
 * @returns predictions of the validation and the test rows; where the network is no better, it may have learned these shortcuts.
 */
export function shortcutFloor(options: ShortcutOptions): FloorAnswers {
  const { rows, fold, classes } = options;
  const all = shortcutFeatures(options), labels = labelsOf(rows, classes);
  const truth = fold.validation.map((row) => labels[row]);
  const sets = [Object.values(all).flat(), ...Object.values(all)].filter((columns) => columns.length > 0);
  const tried = sets.map((columns) => {
    const width = columns.length;
    const values = Float64Array.from(rows.flatMap((_, row) => columns.map((column) => column[row])));
    const model = linearModel({ width, values }, options);
    return { model, loss: logLoss(truth, model(fold.validation), { size: classes.length }) };
  });
  // Where nothing differs, a constant column leaves the classes' shares.
  const best = tried.length === 0
    ? linearModel({ width: 1, values: new Float64Array(rows.length) }, options)
    : tried.reduce((least, one) => one.loss < least.loss ? one : least).model;
  return judgeFloor(best, options);
}

/**
 * The columns that each thing known of the rows becomes, by its name; bins and categories are those of the training rows, and
 * what does not differ there has no column.
 */
export function shortcutFeatures(options: Omit<ShortcutOptions, "classes">): Record<string, number[][]> {
  const { rows, fold, numbers = {} } = options;
  const known: Record<string, (row: ManifestRow, i: number) => Value> = {
    duration: ({ start, end }) => end - start,
    source: ({ source }) => source,
    ...Object.fromEntries(plainAttributes.map((name) => [name, ({ attributes }: ManifestRow) => attributes[name]])),
    ...Object.fromEntries(
      Object.entries(numbers).map(([name, values]) => [name, (_: ManifestRow, i: number) => values[i]]),
    ),
  };
  return Object.fromEntries(Object.entries(known).map(([name, read]) => [name, columnsOf(rows.map(read), fold.train)]));
}

function columnsOf(values: readonly Value[], train: Int32Array): number[][] {
  const trained = Array.from(train, (row) => values[row])
    .filter((value) => value !== undefined && value !== "" && !Number.isNaN(value));
  if (new Set(trained).size < 2) return [];
  if (trained.every((value) => Number.isFinite(Number(value)))) return eighths(values, trained.map(Number));
  // One column a value that training rows have.
  return [...new Set(trained)].sort().map((category) => values.map((value) => Number(value === category)));
}

type Value = number | string | undefined;

/** The number itself (the mean where it is missing) and in which eighth of the training rows it lies. */
function eighths(values: readonly Value[], trained: number[]): number[][] {
  const sorted = Float64Array.from(trained).sort();
  const mean = sorted.reduce((sum, value) => sum + value, 0) / sorted.length;
  const edges = [...new Set(Array.from({ length: 7 }, (_, i) => quantile(sorted, (i + 1) / 8)))];
  const number = (value: Value) => value === undefined || value === "" ? NaN : Number(value);
  const bin = (value: number) => edges.filter((edge) => value > edge).length;
  return [
    values.map((value) => Number.isFinite(number(value)) ? number(value) : mean),
    ...[...edges, Infinity].map((_, eighth) =>
      values.map((value) => Number(Number.isFinite(number(value)) && bin(number(value)) === eighth))
    ),
  ];
}
