import { normalQuantile } from "./distributions.ts";

/**
 * The interval of a proportion of independent cases: Wilson's score interval (Wilson 1927).
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
  { level = 0.95, quantile }: {
    level?: number;
    /** In place of the normal one, for a variance that was itself estimated: Student's. */
    quantile?: number;
  },
): { low: number; high: number } {
  const z = quantile ?? normalQuantile((1 + level) / 2), p = k / n, scale = 2 * (n + z * z);
  const centre = 2 * k + z * z, spread = z * Math.sqrt(z * z + 4 * k * (1 - p));
  return { low: k === 0 ? 0 : (centre - spread) / scale, high: k === n ? 1 : (centre + spread) / scale };
}
