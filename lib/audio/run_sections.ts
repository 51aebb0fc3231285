import type { Biquad } from "./butterworth.ts";

/**
 * Runs values through second-order sections in place (direct form II transposed, in 64 bits).
 *
 * @param start State at the start as a multiple of the steady state for a constant input of 1; 0 is rest.
 */
export function runSections(values: Float64Array, sos: readonly Biquad[], { start }: { start: number }): Float64Array {
  let level = start; // steady-state input of the section
  for (let at = 0; at < sos.length; at += 2) {
    level = runPair(values, sos[at], { next: sos[at + 1] ?? IDENTITY, level });
  }
  return values;
}

/** What comes in goes out. */
const IDENTITY: Biquad = { b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 };

/**
 * Two sections in one run, in place: each waits for its own last value, so that the processor works on both at once.
 *
 * @returns Steady-state input of the section behind them.
 */
function runPair(values: Float64Array, first: Biquad, { next, level }: { next: Biquad; level: number }): number {
  const { b0, b1, b2, a1, a2 } = first;
  const { b0: c0, b1: c1, b2: c2, a1: d1, a2: d2 } = next;
  const between = level * (b0 + b1 + b2) / (1 + a1 + a2);
  const behind = between * (c0 + c1 + c2) / (1 + d1 + d2);
  let z1 = between - b0 * level, z2 = b2 * level - a2 * between;
  let w1 = behind - c0 * between, w2 = c2 * between - d2 * behind;
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    const y = b0 * x + z1;
    z1 = b1 * x - a1 * y + z2;
    z2 = b2 * x - a2 * y;
    const v = c0 * y + w1;
    w1 = c1 * y - d1 * v + w2;
    w2 = c2 * y - d2 * v;
    values[i] = v;
  }
  return behind;
}
