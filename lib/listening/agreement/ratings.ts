import { currentVerdicts } from "../merge_verdicts.ts";
import type { Verdict } from "../verdicts.ts";

/** What several listeners said of items. */
export interface Ratings {
  items: readonly string[];
  raters: readonly string[];
  /** Number of classes. */
  size: number;
  /** `[items, raters]`, row-major: a class, or -1 where a listener said nothing or couldn't tell. */
  values: Int32Array;
}

/** The last verdicts as a table; a verdict that is no class (any more) counts as none. */
export function ratingsOf(verdicts: readonly Verdict[], classes: readonly string[]): Ratings {
  const current = currentVerdicts(verdicts);
  const raters = [...new Set(current.map(({ rater }) => rater))].sort();
  const items = [...new Set(current.map(({ item }) => item))].sort();
  const row = new Map(items.map((item, i) => [item, i])), column = new Map(raters.map((rater, r) => [rater, r]));
  const values = new Int32Array(items.length * raters.length).fill(-1);
  for (const { item, rater, verdict } of current) {
    values[row.get(item)! * raters.length + column.get(rater)!] = verdict === null ? -1 : classes.indexOf(verdict);
  }
  return { items, raters, size: classes.length, values };
}

/** The question whether a sound is of one class or of another: 1 or 0. */
export function ratingsOfClass(ratings: Ratings, label: number): Ratings {
  return { ...ratings, size: 2, values: ratings.values.map((value) => value < 0 ? -1 : Number(value === label)) };
}

/** How often each item got each class: `[items][classes]`. */
export function classCounts({ items, raters, size, values }: Ratings): Float64Array[] {
  return items.map((_, i) => {
    const counts = new Float64Array(size);
    for (const value of values.subarray(i * raters.length, (i + 1) * raters.length)) if (value >= 0) counts[value]++;
    return counts;
  });
}

export function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
