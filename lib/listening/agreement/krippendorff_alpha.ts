import { sumOf } from "./ratings.ts";

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
    const judged = sumOf(row), weight = weights?.[i] ?? 1;
    if (judged < 2) return;
    row.forEach((n, c) => {
      agreed += weight * n * (n - 1) / (judged - 1);
      totals[c] += weight * n;
    });
  });
  const n = sumOf(totals);
  const chance = sumOf(totals.map((count) => count * (count - 1))) / (n * (n - 1));
  return 1 - (1 - agreed / n) / (1 - chance);
}
