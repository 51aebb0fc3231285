import { butterworth } from "./butterworth.ts";
import { checkRate } from "./check_samples.ts";
import { hilbertEnvelope } from "./hilbert_envelope.ts";
import { sosFilterZeroPhase } from "./sos_filter_zero_phase.ts";

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
export function homomorphicEnvelope(
  samples: ArrayLike<number>,
  { sampleRate }: { sampleRate: number },
): Float64Array {
  checkRate(sampleRate, { where: "homomorphicEnvelope()" });
  const logarithm = hilbertEnvelope(samples).map((x) => Math.log(x + FLOOR));
  return sosFilterZeroPhase(logarithm, butterworth({ sampleRate, high: EDGE, order: 1 })).map(Math.exp);
}
