import { butterworth } from "./butterworth.ts";
import { checkRate, checkSamples } from "./check_samples.ts";
import { complexFft } from "./fft/complex_fft.ts";
import { sosFilterZeroPhase } from "./sos_filter.ts";

/**
 * The magnitude of the analytic signal, as `abs(scipy.signal.hilbert(x))`: how loud the sound is from moment to
 * moment, without its oscillation.
 *
 * @returns `[n]`
 * @throws {InputError} for NaN samples, no samples.
 */
export function hilbertEnvelope(samples: ArrayLike<number>): Float64Array {
  checkSamples(samples, { where: "hilbertEnvelope()" });
  const n = samples.length;
  const fft = complexFft(n);
  const re = Float64Array.from(samples), im = new Float64Array(n);
  fft(re, im);
  // Positive frequencies twice, negative ones not at all; 0 Hz and half the rate stay (Marple 1999).
  for (let k = 1; k < n; k++) {
    const weight = 2 * k < n ? 2 : 2 * k === n ? 1 : 0;
    re[k] *= weight;
    im[k] *= weight;
  }
  fft(im, re); // swapped: the inverse
  return re.map((x, i) => Math.hypot(x, im[i]) / n);
}

/** Edge of the low-pass on the logarithm, Hz. */
const EDGE = 8;

/** Keeps the logarithm of silence finite: 160 dB below full scale. */
const FLOOR = 1e-8;

/**
 * The smooth envelope of heart sounds: the logarithm of the Hilbert envelope through a low-pass of first order, and
 * back (Rezek and Roberts 1998; Schmidt et al. 2010).
 *
 * @returns `[n]`
 * @throws {InputError} for NaN samples, fewer than 7 samples, a rate of 0.
 */
export function homomorphicEnvelope(samples: ArrayLike<number>, { sampleRate }: { sampleRate: number }): Float64Array {
  checkRate(sampleRate, { where: "homomorphicEnvelope()" });
  const logarithm = hilbertEnvelope(samples).map((x) => Math.log(x + FLOOR));
  return sosFilterZeroPhase(logarithm, butterworth({ sampleRate, high: EDGE, order: 1 })).map(Math.exp);
}
