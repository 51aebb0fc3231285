import { realFft } from "./fft.ts";
import type { PolyphaseOptions } from "./polyphase.ts";

/** Blocks are so many times as long as the filter, or a bit more: shorter ones waste their overlap, longer ones memory. */
const BLOCK = 12;

/** Whether the fast transform has the lengths that it takes. */
export function canDecimate(down: number, taps: number): boolean {
  let rest = down;
  for (const prime of [2, 3, 5]) while (rest % prime === 0) rest /= prime;
  return rest === 1 && blockLength(down, taps) <= 16384;
}

/**
 * Filters and keeps every `down`th sample: block by block the spectrum times that of the filter, folded at the new
 * rate before it goes back (overlap-save; Oppenheim and Schafer, 8.7.3 and 4.6). Outside the signal there is silence.
 *
 * @param options `filter`: taps; the first output is weighted around input sample `filter.length / 2 - 1`.
 */
export function decimate(
  samples: Float32Array,
  { down, length, filter }: Pick<PolyphaseOptions, "down" | "length"> & { filter: ArrayLike<number> },
): Float32Array {
  const n = blockLength(down, filter.length), m = n / down;
  const wide = realFft(n), narrow = realFft(m);
  const frame = new Float32Array(n), spectrum = new Float32Array(2 * wide.nBins);
  const folded = new Float32Array(2 * narrow.nBins), kept = new Float32Array(m);
  const weights = new Float32Array(2 * wide.nBins);
  frame.set(filter);
  wide.forward(frame, weights);
  for (let k = 0; k < weights.length; k++) weights[k] /= down;

  const output = new Float32Array(length);
  const valid = Math.floor((n - filter.length) / down) + 1;
  for (let first = 0; first < length; first += valid) {
    const start = first * down + 1 - filter.length / 2;
    const inside = samples.subarray(Math.max(0, start), Math.max(0, start + n));
    frame.fill(0);
    frame.set(inside, Math.min(n, Math.max(0, -start)));
    wide.forward(frame, spectrum);
    for (let k = 0; k < spectrum.length; k += 2) { // times the conjugate: a correlation
      const re = spectrum[k], im = spectrum[k + 1];
      spectrum[k] = re * weights[k] + im * weights[k + 1];
      spectrum[k + 1] = im * weights[k] - re * weights[k + 1];
    }
    fold(spectrum, folded, { n, m });
    narrow.inverse(folded, kept);
    output.set(kept.subarray(0, Math.min(valid, length - first)), first);
  }
  return output;
}

/** Sums the bins that are one at the new rate; bin `n - k` of a real signal is the conjugate of bin `k`. */
function fold(spectrum: Float32Array, folded: Float32Array, { n, m }: { n: number; m: number }): void {
  folded.fill(0);
  for (let first = 0; first < n; first += m) {
    // The bins of such a stretch, half of m long, lie on one side of the middle of n.
    const sign = first >= n / 2 ? -1 : 1;
    let at = 2 * (sign < 0 ? n - first : first);
    for (let k = 0; k < folded.length; k += 2, at += 2 * sign) {
      folded[k] += spectrum[at];
      folded[k + 1] += sign * spectrum[at + 1];
    }
  }
}

/** `down` times a power of two, so that both transforms are fast. */
function blockLength(down: number, taps: number): number {
  return down * Math.max(32, 2 ** Math.ceil(Math.log2(BLOCK * taps / down)));
}
