import { InputError } from "../errors/mod.ts";
import type { Biquad } from "./butterworth.ts";
import { checkSamples } from "./check_samples.ts";

/**
 * Runs samples through second-order sections, one after the other, from rest (direct form II transposed, in 64 bits
 * throughout), as scipy's `sosfilt`.
 *
 * @returns `[n]`
 * @throws {InputError} for NaN samples, no samples.
 */
export function sosFilter(samples: ArrayLike<number>, sos: readonly Biquad[]): Float64Array {
  checkSamples(samples, { where: "sosFilter()" });
  return runSections(Float64Array.from(samples), sos, 0);
}

/**
 * Filters forward, then backward, so that nothing is delayed, as scipy's `sosfiltfilt`: both ends are first extended
 * by their point reflection, and each run starts in the steady state for its first value.
 *
 * @returns `[n]`
 * @throws {InputError} for NaN samples, a signal that is not longer than the extension.
 */
export function sosFilterZeroPhase(samples: ArrayLike<number>, sos: readonly Biquad[]): Float64Array {
  checkSamples(samples, { where: "sosFilterZeroPhase()" });
  const n = samples.length;
  const edge = extension(sos);
  if (n <= edge) {
    throw new InputError({
      expected: `more than ${edge} samples for a zero-phase filter of ${sos.length} sections`,
      found: `${n}`,
      where: "sosFilterZeroPhase()",
      remedy: "filter the recording before cutting it, or filter one way",
    });
  }
  const extended = new Float64Array(n + 2 * edge);
  extended.set(samples, edge);
  for (let i = 1; i <= edge; i++) {
    extended[edge - i] = 2 * samples[0] - samples[i];
    extended[edge + n - 1 + i] = 2 * samples[n - 1] - samples[n - 1 - i];
  }
  const forward = runSections(extended, sos, extended[0]).reverse();
  const backward = runSections(forward, sos, forward[0]).reverse();
  return backward.subarray(edge, edge + n);
}

/** scipy's default: three times the number of coefficients of the whole filter. */
function extension(sos: readonly Biquad[]): number {
  const firstOrder = Math.min(sos.filter((s) => s.b2 === 0).length, sos.filter((s) => s.a2 === 0).length);
  return 3 * (2 * sos.length + 1 - firstOrder);
}

/** In place (direct form II transposed, in 64 bits), from the steady state for a constant input of `level`; 0 is rest. */
function runSections(values: Float64Array, sos: readonly Biquad[], level: number): Float64Array {
  for (let at = 0; at < sos.length; at += 4) {
    const run = sos.length - at <= 2 ? runTwo : runFour;
    level = run(values, [0, 1, 2, 3].map((i) => sos[at + i] ?? IDENTITY), level);
  }
  return values;
}

/** What comes in goes out. */
const IDENTITY: Biquad = { b0: 1, b1: 0, b2: 0, a1: 0, a2: 0 };

/** Four sections in one run, since each waits for its own last value alone; returns the steady-state input of the one behind. */
function runFour(values: Float64Array, [s, t, u, v]: readonly Biquad[], level: number): number {
  const { b0: sb0, b1: sb1, b2: sb2, a1: sa1, a2: sa2 } = s, { b0: tb0, b1: tb1, b2: tb2, a1: ta1, a2: ta2 } = t;
  const { b0: ub0, b1: ub1, b2: ub2, a1: ua1, a2: ua2 } = u, { b0: vb0, b1: vb1, b2: vb2, a1: va1, a2: va2 } = v;
  const second = level * steadyGain(s), third = second * steadyGain(t);
  const fourth = third * steadyGain(u), behind = fourth * steadyGain(v);
  let s1 = second - sb0 * level, s2 = sb2 * level - sa2 * second;
  let t1 = third - tb0 * second, t2 = tb2 * second - ta2 * third;
  let u1 = fourth - ub0 * third, u2 = ub2 * third - ua2 * fourth;
  let v1 = behind - vb0 * fourth, v2 = vb2 * fourth - va2 * behind;
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    const y = sb0 * x + s1;
    s1 = sb1 * x - sa1 * y + s2;
    s2 = sb2 * x - sa2 * y;
    const z = tb0 * y + t1;
    t1 = tb1 * y - ta1 * z + t2;
    t2 = tb2 * y - ta2 * z;
    const p = ub0 * z + u1;
    u1 = ub1 * z - ua1 * p + u2;
    u2 = ub2 * z - ua2 * p;
    const q = vb0 * p + v1;
    v1 = vb1 * p - va1 * q + v2;
    v2 = vb2 * p - va2 * q;
    values[i] = q;
  }
  return behind;
}

/** Two sections, as {@linkcode runFour}: two more of which nothing comes would take a quarter as long again. */
function runTwo(values: Float64Array, [s, t]: readonly Biquad[], level: number): number {
  const { b0: sb0, b1: sb1, b2: sb2, a1: sa1, a2: sa2 } = s, { b0: tb0, b1: tb1, b2: tb2, a1: ta1, a2: ta2 } = t;
  const second = level * steadyGain(s), behind = second * steadyGain(t);
  let s1 = second - sb0 * level, s2 = sb2 * level - sa2 * second;
  let t1 = behind - tb0 * second, t2 = tb2 * second - ta2 * behind;
  for (let i = 0; i < values.length; i++) {
    const x = values[i];
    const y = sb0 * x + s1;
    s1 = sb1 * x - sa1 * y + s2;
    s2 = sb2 * x - sa2 * y;
    const z = tb0 * y + t1;
    t1 = tb1 * y - ta1 * z + t2;
    t2 = tb2 * y - ta2 * z;
    values[i] = z;
  }
  return behind;
}

function steadyGain({ b0, b1, b2, a1, a2 }: Biquad): number {
  return (b0 + b1 + b2) / (1 + a1 + a2);
}
