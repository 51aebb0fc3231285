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

/**
 * Agreement of several listeners above chance (Fleiss 1971), on the items that as many judged as any item. NaN where these are
 * fewer than two, or all were given one class.
 *
 * @param counts `[items][classes]`: how many listeners gave each class.
 * @param weights How often each item counts.
 */
export function fleissKappa(counts: readonly Float64Array[], weights?: ArrayLike<number>): number {
  const judged = counts.map(sum), raters = Math.max(0, ...judged), shares = new Float64Array(counts[0]?.length);
  let agreed = 0, all = 0;
  counts.forEach((row, i) => {
    if (judged[i] < raters) return;
    const weight = weights?.[i] ?? 1;
    all += weight;
    row.forEach((n, c) => {
      agreed += weight * n * (n - 1) / (raters * (raters - 1));
      shares[c] += weight * n / raters;
    });
  });
  const chance = sum(shares.map((share) => (share / all) ** 2));
  return (agreed / all - chance) / (1 - chance);
}

/**
 * Krippendorff's alpha for classes (Krippendorff 2011): 1 less the observed disagreement by that of chance, on all items that
 * two listeners or more judged, whoever they are. NaN where there are none, or where all were given one class.
 *
 * @param counts `[items][classes]`: how many listeners gave each class.
 * @param weights How often each item counts.
 */
export function krippendorffAlpha(counts: readonly Float64Array[], weights?: ArrayLike<number>): number {
  const totals = new Float64Array(counts[0]?.length);
  let agreed = 0;
  counts.forEach((row, i) => {
    const judged = sum(row), weight = weights?.[i] ?? 1;
    if (judged < 2) return;
    row.forEach((n, c) => {
      agreed += weight * n * (n - 1) / (judged - 1);
      totals[c] += weight * n;
    });
  });
  const n = sum(totals);
  const chance = sum(totals.map((count) => count * (count - 1))) / (n * (n - 1));
  return 1 - (1 - agreed / n) / (1 - chance);
}

function sum(values: Float64Array): number {
  return values.reduce((all, value) => all + value, 0);
}
