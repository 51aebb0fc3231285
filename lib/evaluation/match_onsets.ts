/**
 * Pairs onsets with those that were found, each at most once and never further apart than `tolerance`: as many pairs as
 * can be. Sorted times within one tolerance allow no better than to take the earliest that fits (an interval graph).
 *
 * @param reference Seconds, rising.
 * @param found Seconds, rising.
 * @param tolerance Seconds.
 * @returns places in both lists.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { matchOnsets } from "./mod.ts";
 * expect(matchOnsets([1, 2, 3], [1.08, 2.5, 3.02], 0.1)).toEqual([[0, 0], [2, 2]]);
 * ```
 */
export function matchOnsets(
  reference: ArrayLike<number>,
  found: ArrayLike<number>,
  tolerance: number,
): [reference: number, found: number][] {
  const pairs: [number, number][] = [];
  for (let r = 0, f = 0; r < reference.length && f < found.length;) {
    if (Math.abs(found[f] - reference[r]) <= tolerance) pairs.push([r++, f++]);
    else if (found[f] < reference[r]) f++;
    else r++;
  }
  return pairs;
}
