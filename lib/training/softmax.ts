/**
 * Probabilities from logits, each row by itself (shifted by its maximum, so that nothing overflows).
 *
 * @param logits `[count, classes]`
 * @returns `[count, classes]`, each row of sum 1.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * expect([...softmax(new Float32Array([1, 1]), 2)]).toEqual([0.5, 0.5]);
 * ```
 */
export function softmax(logits: Float32Array, classes: number): Float32Array {
  const probabilities = new Float32Array(logits.length);
  for (let start = 0; start < logits.length; start += classes) {
    const row = logits.subarray(start, start + classes);
    const highest = row.reduce((a, b) => Math.max(a, b), -Infinity);
    let sum = 0;
    for (const value of row) sum += Math.exp(value - highest);
    for (let k = 0; k < classes; k++) probabilities[start + k] = Math.exp(row[k] - highest) / sum;
  }
  return probabilities;
}
