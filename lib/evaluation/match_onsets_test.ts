import { expect } from "expect";
import fc from "fast-check";
import { matchOnsets } from "./mod.ts";

/** The size of a maximum matching by augmenting paths (Kuhn 1955), which asks nothing of the order. */
function mostPairs(reference: number[], found: number[], tolerance: number): number {
  const taken = new Map<number, number>();
  const place = (r: number, seen: Set<number>): boolean =>
    found.some((time, f) => {
      if (seen.has(f) || Math.abs(time - reference[r]) > tolerance) return false;
      seen.add(f);
      if (taken.has(f) && !place(taken.get(f)!, seen)) return false;
      taken.set(f, r);
      return true;
    });
  return reference.filter((_, r) => place(r, new Set())).length;
}

const times = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 14 }).map((list) => list.sort((a, b) => a - b));

Deno.test("matchOnsets() finds as many pairs as augmenting paths do, each once and within the tolerance", () => {
  fc.assert(fc.property(times, times, fc.integer({ min: 0, max: 12 }), (reference, found, tolerance) => {
    const pairs = matchOnsets(reference, found, tolerance);
    expect(pairs.length).toBe(mostPairs(reference, found, tolerance));
    expect(new Set(pairs.map(([r]) => r)).size).toBe(pairs.length);
    expect(new Set(pairs.map(([, f]) => f)).size).toBe(pairs.length);
    for (const [r, f] of pairs) expect(Math.abs(reference[r] - found[f])).toBeLessThanOrEqual(tolerance);
  }));
});

Deno.test("matchOnsets() gives up a near pair where that makes two", () => {
  // The nearest to 1.0 is 1.05; then 1.1 would have nobody.
  expect(matchOnsets([1, 1.1], [0.95, 1.05], 0.06)).toEqual([[0, 0], [1, 1]]);
});
