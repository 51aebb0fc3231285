import type { ManifestRow } from "../datasets/manifest.ts";
import { quantile } from "./bootstrap_interval.ts";
import type { FloorOptions, RowFeatures } from "./floor_model.ts";
import { linearFloor } from "./linear_floor.ts";
import type { Prediction } from "./prediction.ts";

/** Options of {@linkcode shortcutFloor}. */
export interface ShortcutOptions extends FloorOptions {
  /** Numbers of each row that say nothing of the sound itself, by name: `{ level: […] }` in dB. */
  numbers?: Readonly<Record<string, ArrayLike<number>>>;
  /** Attributes of the manifest that are no finding. @default {["age", "sex", "site", "device", "position"]} */
  attributes?: readonly string[];
}

/** What describes a patient, a place or a microphone, and not a sound. */
const plainAttributes = ["age", "sex", "site", "device", "position"];

/**
 * What a model reaches that hears no sound: it knows a row's duration, its source, what the manifest says of patient, place
 * and device, and the level where that is given. Numbers enter as they are and by their eighths, so that a duration that is
 * typical without being long counts too.
 *
 * @returns predictions of the test rows; where the network is no better, it may have learned these shortcuts.
 */
export function shortcutFloor(options: ShortcutOptions): Prediction[] {
  return linearFloor(shortcutFeatures(options), options);
}

/** The features of {@linkcode shortcutFloor}; bins and categories are those of the training rows. */
export function shortcutFeatures(options: Omit<ShortcutOptions, "classes">): RowFeatures {
  const { rows, fold, numbers = {}, attributes = plainAttributes } = options;
  const known: Record<string, (row: ManifestRow, i: number) => number | string | undefined> = {
    duration: ({ start, end }) => end - start,
    source: ({ source }) => source,
    ...Object.fromEntries(attributes.map((name) => [name, ({ attributes }: ManifestRow) => attributes[name]])),
    ...Object.fromEntries(
      Object.entries(numbers).map(([name, values]) => [name, (_: ManifestRow, i: number) => values[i]]),
    ),
  };
  const columns = Object.values(known).flatMap((read) => {
    const values = rows.map((row, i) => read(row, i));
    const trained = Array.from(fold.train, (row) => values[row]).filter((value) => value !== undefined && value !== "");
    const numeric = trained.every((value) => Number.isFinite(Number(value)));
    return new Set(trained).size < 2
      ? []
      : numeric
      ? eighths(values, trained.map(Number))
      : categories(values, trained);
  });
  // A single constant column stands in where nothing differs: the floor is then the classes' shares.
  const width = Math.max(1, columns.length);
  return {
    width,
    values: Float64Array.from(
      { length: rows.length * width },
      (_, k) => columns[k % width]?.[Math.floor(k / width)] ?? 0,
    ),
  };
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

/** One column a value that training rows have. */
function categories(values: readonly Value[], trained: readonly Value[]): number[][] {
  return [...new Set(trained)].sort().map((category) => values.map((value) => Number(value === category)));
}
