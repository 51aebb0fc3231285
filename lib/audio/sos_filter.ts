import type { Biquad } from "./butterworth.ts";

/**
 * Runs samples through second-order sections, one after the other, from rest (direct form II transposed, in 64 bits
 * throughout), as scipy's `sosfilt`.
 *
 * @param start State at the start as a multiple of the steady state for a constant input of 1; 0 is rest.
 * @returns `[n]`
 */
export function sosFilter(
  samples: ArrayLike<number>,
  sos: readonly Biquad[],
  { start = 0 }: { start?: number } = {},
): Float64Array {
  const filtered = Float64Array.from(samples);
  let level = start; // steady-state input of the section
  for (const section of sos) {
    const { b0, b1, b2, a1, a2 } = section;
    const steady = level * (b0 + b1 + b2) / (1 + a1 + a2);
    let z1 = steady - b0 * level;
    let z2 = b2 * level - a2 * steady;
    for (let i = 0; i < filtered.length; i++) {
      const x = filtered[i];
      const y = b0 * x + z1;
      z1 = b1 * x - a1 * y + z2;
      z2 = b2 * x - a2 * y;
      filtered[i] = y;
    }
    level = steady;
  }
  return filtered;
}
