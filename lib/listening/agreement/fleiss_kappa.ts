import { sumOf } from "./ratings.ts";

/**
 * Agreement of several listeners above chance (Fleiss 1971), on the items that as many judged as any item. NaN where these are
 * fewer than two, or all were given one class.
 *
 * @param counts `[items][classes]`: how many listeners gave each class.
 * @param weights How often each item counts.
 */
export function fleissKappa(counts: readonly Float64Array[], weights?: ArrayLike<number>): number {
  const judged = counts.map(sumOf), raters = Math.max(0, ...judged), shares = new Float64Array(counts[0]?.length);
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
  const chance = sumOf(shares.map((share) => (share / all) ** 2));
  return (agreed / all - chance) / (1 - chance);
}
