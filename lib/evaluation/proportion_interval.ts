import { normalQuantile, regularisedBeta } from "./distributions.ts";

/** How {@linkcode proportionInterval} is computed. */
export type ProportionMethod = "wilson" | "wilson-corrected" | "exact";

/**
 * The interval of a proportion of independent cases: Wilson's score interval (Wilson 1927), the same with continuity
 * correction (Newcombe 1998, method 4), or the exact one by tails of the binomial distribution (Clopper & Pearson 1934).
 *
 * @param k Cases that count.
 * @param n All cases.
 *
 * @example Ten of ten right is no proof of always right
 * ```ts
 * import { expect } from "expect";
 * expect(proportionInterval(10, 10, { level: 0.95 }).low).toBeCloseTo(0.7225, 4);
 * ```
 */
export function proportionInterval(
  k: number,
  n: number,
  { level, method = "wilson", quantile }: {
    level: number;
    method?: ProportionMethod;
    /** In place of the normal one, for a variance that was itself estimated: Student's. */
    quantile?: number;
  },
): { low: number; high: number } {
  const tail = (1 - level) / 2;
  if (method === "exact") {
    return {
      low: k === 0 ? 0 : betaQuantile(tail, k, n - k + 1),
      high: k === n ? 1 : betaQuantile(1 - tail, k + 1, n - k),
    };
  }
  const z = quantile ?? normalQuantile(1 - tail), p = k / n, scale = 2 * (n + z * z);
  if (method === "wilson") {
    const centre = 2 * k + z * z, spread = z * Math.sqrt(z * z + 4 * k * (1 - p));
    return { low: k === 0 ? 0 : (centre - spread) / scale, high: k === n ? 1 : (centre + spread) / scale };
  }
  const side = (sign: number) =>
    (2 * k + z * z + sign * (1 + z * Math.sqrt(z * z + sign * 2 - 1 / n + 4 * p * (n * (1 - p) - sign)))) / scale;
  return { low: k === 0 ? 0 : Math.max(0, side(-1)), high: k === n ? 1 : Math.min(1, side(1)) };
}

/** Inverse of the regularised incomplete beta function by bisection: 60 halvings reach the spacing of doubles. */
function betaQuantile(p: number, a: number, b: number): number {
  let low = 0, high = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (regularisedBeta(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
