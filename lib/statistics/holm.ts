/**
 * Probabilities of several tests, corrected so that with 0.05 one false finding among all is as rare as in one test
 * (Holm 1979, Scand J Stat 6:65-70).
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * expect(holm([0.01, 0.04, 0.03])).toEqual([0.03, 0.06, 0.06]);
 * ```
 */
export function holm(p: readonly number[]): number[] {
  const order = p.keys().toArray().toSorted((a, b) => p[a] - p[b]);
  const corrected = new Array<number>(p.length);
  let greatest = 0;
  order.forEach((test, rank) => {
    greatest = Math.max(greatest, Math.min(1, (p.length - rank) * p[test]));
    corrected[test] = greatest;
  });
  return corrected;
}
