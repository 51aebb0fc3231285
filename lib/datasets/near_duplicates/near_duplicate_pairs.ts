import { candidatePairs } from "./candidate_pairs.ts";
import { bandpass, realFft, resample } from "../../audio/mod.ts";

/** Two signals that hold the same sound, by index (`a < b`), and at the best lag (`a` behind `b`, s) how alike they are. */
export type NearDuplicatePair = Record<"a" | "b" | "lag" | "correlation", number>;

const AROUND = 4; // samples around a voted lag that are tried: an anchor can be off by a step of the vote

/** A candidate that is further than this from the threshold at its voted lags isn't worth a transform. */
const PROMISING = 0.15;

/**
 * Pairs of thumbnails whose normalised cross-correlation reaches the threshold (either sign). Candidates come from
 * fingerprints; each is looked at around its voted lags first, then over all lags by FFT.
 *
 * @param onProgress Told the number of signals that are done.
 */
export function nearDuplicatePairs(
  signals: readonly Int16Array[],
  { threshold, onProgress }: { threshold: number; onProgress?: (done: number) => void },
): NearDuplicatePair[] {
  const pairs: NearDuplicatePair[] = [];
  let b = 0;
  for (const candidates of candidatePairs(signals)) {
    for (const { a, lags } of candidates) {
      if (!lags.some((lag) => bestAround(signals[a], signals[b], lag) >= threshold - PROMISING)) continue;
      const { correlation, lag } = crossCorrelation(signals[a], signals[b]);
      if (Math.abs(correlation) >= threshold) pairs.push({ a, b, correlation, lag: lag / THUMBNAIL_RATE });
    }
    b++;
    onProgress?.(b);
  }
  return pairs;
}

function bestAround(a: Int16Array, b: Int16Array, lag: number): number {
  const near = Array.from({ length: 2 * AROUND + 1 }, (_, i) => lag - AROUND + i);
  return Math.max(...near.map((lag) => Math.abs(correlationAt(a, b, lag))));
}

/** How alike two signals are where they are most alike. */
interface BestMatch {
  correlation: number; // normalised cross-correlation over the samples that overlap, in [-1, 1]
  lag: number; // samples by which `a` is behind `b`: `a[n + lag]` is `b[n]`
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
function correlationAt(a: Int16Array, b: Int16Array, lag: number): number {
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

const THUMBNAIL_RATE = 1000; // Hz; enough for heart sounds and the loud part of breath sounds
const LONGEST = 30; // seconds that are looked at: copies of longer recordings agree in their first half minute, too

/**
 * What of a recording is compared: 20 to 400 Hz at 1 kHz, the first half minute, in 16 bits so that ten thousand fit into
 * memory. Empty for silence and for less than 0.1 s.
 */
export function thumbnail(samples: Float32Array, sampleRate: number): Int16Array {
  const cut = samples.subarray(0, LONGEST * sampleRate);
  if (cut.length < 0.1 * sampleRate) return new Int16Array();
  const slow = resample(cut, { from: sampleRate, to: THUMBNAIL_RATE });
  const filtered = bandpass(slow, { sampleRate: THUMBNAIL_RATE, low: 20, high: 400 });
  const peak = filtered.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (peak < 1e-6) return new Int16Array();
  return new Int16Array(filtered.map((value) => Math.round(value / peak * 32767)));
}
