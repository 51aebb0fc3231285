import { realFft } from "../../audio/mod.ts";
import { THUMBNAIL_RATE } from "./thumbnail.ts";

/** How alike two signals are where they are most alike. */
export interface BestMatch {
  /** Normalised cross-correlation over the samples that overlap, in [-1, 1]. */
  correlation: number;
  /** Samples by which `a` is behind `b`: `a[n + lag]` is `b[n]`. */
  lag: number;
}

/** The overlap that counts: half of the shorter, a second at least where it has one. */
export function leastOverlap(a: Int16Array, b: Int16Array): number {
  const shorter = Math.min(a.length, b.length);
  return Math.min(shorter, Math.max(THUMBNAIL_RATE, Math.ceil(shorter / 2)));
}

/**
 * The lag at which two signals are most alike, of all lags with enough overlap:
 * `r(l) = sum a[n + l] b[n] / sqrt(sum a[n + l]^2 sum b[n]^2)`, sums over the overlap, the numerator by FFT.
 */
export function crossCorrelation(a: Int16Array, b: Int16Array): BestMatch {
  const least = leastOverlap(a, b);
  const nFft = 2 ** Math.ceil(Math.log2(a.length + b.length));
  const products = correlate(a, b, nFft);
  const [energyA, energyB] = [a, b].map(cumulativeEnergy);
  let best: BestMatch = { correlation: 0, lag: 0 };
  for (let lag = least - b.length; lag <= a.length - least; lag++) {
    const from = Math.max(0, -lag), to = Math.min(b.length, a.length - lag); // overlap in b
    const energy = (energyA[to + lag] - energyA[from + lag]) * (energyB[to] - energyB[from]);
    const correlation = energy > 0 ? products[(lag + nFft) % nFft] / Math.sqrt(energy) : 0;
    if (Math.abs(correlation) > Math.abs(best.correlation)) best = { correlation, lag };
  }
  return best;
}

/** The same at one lag; 0 where the overlap is too short. */
export function correlationAt(a: Int16Array, b: Int16Array, lag: number): number {
  const from = Math.max(0, -lag), to = Math.min(b.length, a.length - lag);
  if (to - from < leastOverlap(a, b)) return 0;
  let product = 0, energyA = 0, energyB = 0;
  for (let n = from; n < to; n++) {
    product += a[n + lag] * b[n];
    energyA += a[n + lag] * a[n + lag];
    energyB += b[n] * b[n];
  }
  return product / Math.sqrt(Math.max(1, energyA * energyB));
}

/** `[nFft]`, circular: lag `l` is at `l mod nFft`. */
function correlate(a: Int16Array, b: Int16Array, nFft: number): Float32Array {
  const { forward, inverse, nBins } = realFft(nFft);
  const frame = new Float32Array(nFft);
  const [spectrumA, spectrumB] = [a, b].map((signal) => {
    frame.fill(0).set(signal);
    const spectrum = new Float32Array(2 * nBins);
    forward(frame, spectrum);
    return spectrum;
  });
  for (let bin = 0; bin < 2 * nBins; bin += 2) {
    const [re, im] = [spectrumA[bin], spectrumA[bin + 1]];
    spectrumA[bin] = re * spectrumB[bin] + im * spectrumB[bin + 1];
    spectrumA[bin + 1] = im * spectrumB[bin] - re * spectrumB[bin + 1];
  }
  inverse(spectrumA, frame);
  return frame;
}

function cumulativeEnergy(signal: Int16Array): Float64Array {
  const sums = new Float64Array(signal.length + 1);
  for (let n = 0; n < signal.length; n++) sums[n + 1] = sums[n] + signal[n] * signal[n];
  return sums;
}
