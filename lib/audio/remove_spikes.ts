import { checkSamples } from "./check_samples.ts";

/** A window of this length is judged at a time, seconds. */
const WINDOW = 0.5;

/** A window is spiky if its maximum exceeds the median of all windows' maxima so many times. */
const EXCESS = 3;

/**
 * Silences the spikes of a heart sound that rubbing and knocking leave: as long as one window's largest amplitude
 * stands out, the swing around it is set to zero, from the zero crossing before to the one behind
 * (Schmidt et al. 2010, Physiological Measurement 31, 513).
 *
 * @returns `[n]`, a new array.
 * @throws {InputError} for NaN samples, no samples, a rate of 0.
 */
export function removeSpikes(samples: Float32Array, { sampleRate }: { sampleRate: number }): Float32Array {
  checkSamples(samples, { sampleRate, where: "removeSpikes()" });
  const cleaned = samples.slice();
  const length = Math.max(1, Math.round(WINDOW * sampleRate));
  const count = Math.ceil(samples.length / length);
  const windows = Array.from({ length: count }, (_, i) => cleaned.subarray(i * length, (i + 1) * length));
  const tops = windows.map(topOf);
  const height = (window: number) => Math.abs(windows[window][tops[window]]);
  for (;;) {
    const order = tops.map((_, window) => window).sort((a, b) => height(a) - height(b));
    const highest = order[order.length - 1];
    const middle = median(order.map(height));
    // Where most of it is silence nothing says what a spike is.
    if (middle === 0 || height(highest) <= EXCESS * middle) return cleaned;
    silence(windows[highest], tops[highest]);
    tops[highest] = topOf(windows[highest]);
  }
}

/** Index of the largest amplitude. */
function topOf(window: Float32Array): number {
  let top = 0;
  for (let i = 1; i < window.length; i++) if (Math.abs(window[i]) > Math.abs(window[top])) top = i;
  return top;
}

/** Sets to zero what has the sign of the top around it. */
function silence(window: Float32Array, top: number) {
  const sign = Math.sign(window[top]);
  let first = top, last = top;
  while (first > 0 && Math.sign(window[first - 1]) === sign) first--;
  while (last + 1 < window.length && Math.sign(window[last + 1]) === sign) last++;
  window.fill(0, first, last + 1);
}

function median(sorted: number[]): number {
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
