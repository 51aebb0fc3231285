import { z } from "zod";

/**
 * How the probabilities of parts (windows of an item, recordings of a subject) become one. Class 0 is the healthy one.
 *
 * - `mean`: the mean of the probabilities.
 * - `max`: the part that is most surely not healthy speaks for all.
 * - `noisy-or`: not healthy unless every part is healthy, parts taken as independent.
 * - `any-positive`: the mean over the parts whose top class is not healthy; over all where there is none.
 * - `learned`: power mean of the probability of not being healthy, between `mean` (1) and `max` (∞); the exponent is fitted.
 */
export type Aggregation = "mean" | "max" | "noisy-or" | "any-positive" | { kind: "learned"; exponent: number };

export const aggregation: z.ZodType<Aggregation, Aggregation> = z.union([
  z.enum(["mean", "max", "noisy-or", "any-positive"]),
  z.strictObject({ kind: z.literal("learned"), exponent: z.number().min(1) }),
]);

/**
 * The probabilities of each item from those of its windows.
 *
 * @param probabilities `[windows, size]`, row-major.
 * @param windowToItem Item of each window.
 * @param options `size`: number of classes; `items`: of items, else as many as `windowToItem` says.
 * @returns `[items, size]`; each row sums to 1, and is NaN for an item without windows.
 *
 * @example A murmur in one of two windows
 * ```ts
 * import { expect } from "expect";
 * const windows = Float64Array.of(0.9, 0.1, 0.2, 0.8);
 * expect(aggregateWindows(windows, [0, 0], { size: 2, rule: "max" })[1]).toBeCloseTo(0.8, 12);
 * expect(aggregateWindows(windows, [0, 0], { size: 2, rule: "noisy-or" })[1]).toBeCloseTo(1 - 0.9 * 0.2, 12);
 * ```
 */
export function aggregateWindows(
  probabilities: Float64Array,
  windowToItem: ArrayLike<number>,
  { size, rule, items }: { size: number; rule: Aggregation; items?: number },
): Float64Array {
  const length = items ?? Array.from(windowToItem).reduce((most, item) => Math.max(most, item), -1) + 1;
  const members: number[][] = Array.from({ length }, () => []);
  for (let w = 0; w < windowToItem.length; w++) members[windowToItem[w]].push(w);
  const joined = new Float64Array(members.length * size);
  members.forEach((windows, item) => {
    const rows = windows.map((w) => probabilities.subarray(w * size, (w + 1) * size));
    joined.set(rows.length === 1 ? rows[0] : joinRows(rows, rule, size), item * size);
  });
  return joined;
}

function joinRows(rows: Float64Array[], rule: Aggregation, size: number): Float64Array {
  if (rows.length === 0) return new Float64Array(size).fill(NaN);
  if (typeof rule === "object") return powerMean(rows, rule.exponent, size);
  switch (rule) {
    case "mean":
      return meanOf(rows, size);
    case "max":
      return rows.reduce((least, row) => row[0] < least[0] ? row : least);
    case "noisy-or":
      return noisyOr(rows, size);
    case "any-positive": {
      const positive = rows.filter((row) => row.some((value) => value > row[0]));
      return meanOf(positive.length > 0 ? positive : rows, size);
    }
  }
}

function meanOf(rows: Float64Array[], size: number): Float64Array {
  const mean = new Float64Array(size);
  for (const row of rows) row.forEach((value, c) => mean[c] += value / rows.length);
  return mean;
}

function noisyOr(rows: Float64Array[], size: number): Float64Array {
  const none = new Float64Array(size).fill(1);
  for (const row of rows) row.forEach((value, c) => none[c] *= c === 0 ? value : 1 - value);
  const joined = none.map((value, c) => c === 0 ? value : 1 - value);
  const sum = joined.reduce((a, b) => a + b, 0);
  return sum > 0 ? joined.map((value) => value / sum) : meanOf(rows, size);
}

function powerMean(rows: Float64Array[], exponent: number, size: number): Float64Array {
  const mean = (value: (row: Float64Array) => number) =>
    (rows.reduce((sum, row) => sum + value(row) ** exponent, 0) / rows.length) ** (1 / exponent);
  const sick = mean((row) => 1 - row[0]);
  const shares = Float64Array.from({ length: size }, (_, c) => c === 0 ? 0 : mean((row) => row[c]));
  const sum = shares.reduce((a, b) => a + b, 0);
  return shares.map((share, c) => c === 0 ? 1 - sick : sum > 0 ? sick * share / sum : 0);
}
