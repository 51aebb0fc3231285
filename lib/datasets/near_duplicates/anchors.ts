import { randomStream } from "../../random/mod.ts";

/** The loud moments of a recording, and a hash in each table for the waveform around each. */
export interface Anchors {
  /** `[n]`, samples, ascending. */
  at: Int32Array;
  /** `[n, TABLES]`. */
  hashes: Int32Array;
}

/** Number of hash tables: two waveforms that correlate meet in one of them at least. */
export const TABLES = 4;

/** Anchors that are kept, the loudest first, for each second. */
export const ANCHORS_PER_SECOND = 3;

/** Samples (ms) on either side of an anchor that are hashed, and in which no other anchor may be. */
const REACH = 100, APART = 60;

/**
 * The loud moments of a signal. They lie where the sound is loudest, not on a grid, so a copy that was cut elsewhere
 * has the same ones. A hash is the signs of projections on random directions (Charikar 2002, STOC, 380): waveforms at
 * an angle of t agree in a bit with the probability 1 - t / pi.
 *
 * @param bits Bits of a hash, at most 24.
 */
export function anchors(signal: Float32Array, bits: number): Anchors {
  const directions = projections(bits);
  const at = loudest(signal);
  const hashes = new Int32Array(at.length * TABLES);
  const around = new Float32Array(2 * REACH + 1);
  for (let i = 0; i < at.length; i++) {
    const sign = Math.sign(signal[at[i]]); // a copy may be upside down
    for (let k = -REACH; k <= REACH; k++) {
      const taper = 0.5 + 0.5 * Math.cos(Math.PI * k / (REACH + 1));
      around[k + REACH] = sign * taper * (signal[at[i] + k] ?? 0);
    }
    for (let table = 0; table < TABLES; table++) hashes[i * TABLES + table] = hashOf(around, directions[table]);
  }
  return { at, hashes };
}

function hashOf(around: Float32Array, directions: readonly Float32Array[]): number {
  let hash = 0;
  for (const direction of directions) {
    let sum = 0;
    for (let k = 0; k < around.length; k++) sum += around[k] * direction[k];
    hash = 2 * hash + (sum >= 0 ? 1 : 0);
  }
  return hash;
}

/** The samples that are the loudest within 60 ms on either side; of these the loudest, in order of time. */
function loudest(signal: Float32Array): Int32Array {
  const found: number[] = [];
  let top = 0;
  for (let n = 1; n < signal.length; n++) {
    if (Math.abs(signal[n]) > Math.abs(signal[top])) top = n;
    else if (n - top >= APART) {
      if (isLoudest(signal, top)) found.push(top);
      top = n;
    }
  }
  const count = Math.max(6, Math.ceil(ANCHORS_PER_SECOND * signal.length / 1000));
  return Int32Array.from(found.sort((x, y) => Math.abs(signal[y]) - Math.abs(signal[x])).slice(0, count)).sort();
}

/** What follows was looked at on the way; what comes before may hold an earlier peak. */
function isLoudest(signal: Float32Array, at: number): boolean {
  for (let n = Math.max(0, at - APART); n < at; n++) if (Math.abs(signal[n]) > Math.abs(signal[at])) return false;
  return signal[at] !== 0;
}

const made = new Map<number, Float32Array[][]>();

/** `[TABLES][bits]` random directions, the same in every scan. */
function projections(bits: number): Float32Array[][] {
  const known = made.get(bits);
  if (known) return known;
  const stream = randomStream(0, "near-duplicates");
  const direction = () => Float32Array.from({ length: 2 * REACH + 1 }, () => stream.normal());
  const directions = Array.from({ length: TABLES }, () => Array.from({ length: bits }, direction));
  made.set(bits, directions);
  return directions;
}
