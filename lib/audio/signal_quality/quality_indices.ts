import { bandpass } from "../bandpass.ts";
import { resample } from "../resample.ts";
import { type BandMovement, bandMovement } from "./band_movement.ts";

/** Measures of how good a recording is. Those from `bands` on are taken at 4 kHz, or at the recording's rate below. */
export interface QualityIndices {
  /** Root mean square in dB below full scale. */
  level: number;
  /** Share of samples that stand in a row at the largest deflection. */
  clipping: number;
  /** Share of samples in stretches of 20 ms and more where the recording stood still. */
  dropout: number;
  /** Energy and its movement in octaves from 50 Hz up. */
  bands: BandMovement[];
  /** Fourth moment of the samples by the square of the second: 3 for Gaussian noise, large for knocks. */
  kurtosis: number;
  /** Highest autocorrelation of the envelope (25-150 Hz) at lags of a heart cycle, 0.3 s to 1.5 s. */
  heartPeriodicity: number;
  /** Highest autocorrelation of the smooth envelope (150 Hz and up) at lags of a breath, 1 s to 6 s. */
  breathPeriodicity: number;
  /** Sample entropy of the envelope (25-150 Hz). */
  entropy: number;
  /** The loud tenth of frames of 50 ms against the quiet tenth, dB: an estimate of signal to noise. */
  snr: number;
}

/** Highest rate at which recordings are compared, Hz. */
const COMMON_RATE = 4000;

/** Rate of the envelopes, Hz, and the longest part of them that counts, seconds (the entropy takes n² steps). */
const ENVELOPE_RATE = 20, LONGEST = 60;

/** The indices of a recording of at least half a second; each function that they come from names its paper. */
export function qualityIndices(samples: Float32Array, { sampleRate }: { sampleRate: number }): QualityIndices {
  const rate = Math.min(sampleRate, COMMON_RATE);
  const common = rate === sampleRate ? samples : resample(samples, { from: sampleRate, to: rate });
  const counted = common.subarray(0, (LONGEST + 1) * rate); // a second more, for the filters to settle
  const heart = envelope(
    bandpass(counted, { sampleRate: rate, low: 25, high: Math.min(150, 0.4 * rate), order: 2 }),
    rate,
  );
  const high = Math.min(1000, 0.45 * rate);
  const breath = envelope(bandpass(counted, { sampleRate: rate, low: Math.min(150, high / 2), high, order: 2 }), rate);
  return {
    level: decibels(meanSquare(samples)),
    clipping: clippingShare(samples),
    dropout: dropoutShare(samples, { sampleRate }),
    bands: bandMovement(common, { sampleRate: rate }),
    kurtosis: kurtosis(common),
    heartPeriodicity: periodicity(heart, { from: 0.3 * ENVELOPE_RATE, to: 1.5 * ENVELOPE_RATE }),
    breathPeriodicity: periodicity(smooth(breath, ENVELOPE_RATE / 2), { from: ENVELOPE_RATE, to: 6 * ENVELOPE_RATE }),
    entropy: sampleEntropy(heart),
    snr: snr(envelope(common, rate)),
  };
}

/** Root mean square of steps of 1 / ENVELOPE_RATE. */
function envelope(samples: Float32Array, sampleRate: number): Float64Array {
  const step = Math.round(sampleRate / ENVELOPE_RATE);
  const length = Math.min(LONGEST * ENVELOPE_RATE, Math.floor(samples.length / step));
  return Float64Array.from({ length }, (_, i) => Math.sqrt(meanSquare(samples.subarray(i * step, (i + 1) * step))));
}

/** Moving mean over `width` values. */
function smooth(values: Float64Array, width: number): Float64Array {
  return values.map((_, i) => {
    const window = values.subarray(Math.max(0, i - (width >> 1)), i + (width >> 1) + 1);
    return window.reduce((sum, x) => sum + x, 0) / window.length;
  });
}

function snr(envelope: Float64Array): number {
  const sorted = envelope.toSorted();
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))];
  return decibels(at(0.9) ** 2) - decibels(at(0.1) ** 2);
}

function kurtosis(samples: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i];
  const mean = sum / samples.length;
  let second = 0, fourth = 0;
  for (let i = 0; i < samples.length; i++) {
    const square = (samples[i] - mean) ** 2;
    second += square;
    fourth += square * square;
  }
  return second > 0 ? samples.length * fourth / second ** 2 : 3;
}

function meanSquare(samples: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < samples.length; i++) sum += samples[i] * samples[i];
  return sum / Math.max(1, samples.length);
}

/** 10 log10, not below -120 dB. */
function decibels(power: number): number {
  return 10 * Math.log10(Math.max(power, 1e-12));
}

/** As many samples in a row at full deflection are no coincidence. */
const CLIPPED_RUN = 3;

/** A recording so quiet has flat tops because it has few steps: no converter was at its end. */
const QUIET = 0.005;

/** A stretch of equal samples so long is a gap in the recording, seconds. */
const DROPOUT = 0.02;

/** The share of samples that stand in a row at the largest deflection: tops that the converter cut off. */
export function clippingShare(samples: Float32Array): number {
  let low = Infinity, high = -Infinity;
  for (let i = 0; i < samples.length; i++) {
    low = Math.min(low, samples[i]);
    high = Math.max(high, samples[i]);
  }
  if (high - low < QUIET) return 0;
  return shareOfRuns(samples, CLIPPED_RUN, (x) => x === high || x === low);
}

/** The share of samples in stretches where the recording stood still. */
export function dropoutShare(samples: Float32Array, { sampleRate }: { sampleRate: number }): number {
  return shareOfRuns(samples, Math.max(2, Math.round(DROPOUT * sampleRate)), () => true);
}

/** The share of samples in runs of at least `shortest` equal ones of a value that `counts`. */
function shareOfRuns(samples: Float32Array, shortest: number, counts: (value: number) => boolean): number {
  let inside = 0, start = 0;
  for (let i = 1; i <= samples.length; i++) {
    if (i < samples.length && samples[i] === samples[i - 1]) continue;
    if (i - start >= shortest && counts(samples[start])) inside += i - start;
    start = i;
  }
  return inside / Math.max(1, samples.length);
}

/** The highest autocorrelation of an envelope between two lags in samples: near 1 where it repeats itself, else near 0. */
export function periodicity(envelope: ArrayLike<number>, range: { from: number; to: number }): number {
  const n = envelope.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += envelope[i] / n;
  let best = 0;
  for (let lag = Math.max(1, Math.round(range.from)); lag <= Math.min(range.to, n / 2); lag++) {
    // Normalised over the overlap, so that long lags aren't at a disadvantage.
    let product = 0, left = 0, right = 0;
    for (let i = 0; i + lag < n; i++) {
      const a = envelope[i] - mean, b = envelope[i + lag] - mean;
      product += a * b;
      left += a * a;
      right += b * b;
    }
    if (left > 0 && right > 0) best = Math.max(best, product / Math.sqrt(left * right));
  }
  return best;
}

/** Values in a stretch, and the share of the standard deviation within which two values are alike. */
const M = 2, TOLERANCE = 0.2;

/**
 * Sample entropy (Richman and Moorman 2000): minus the logarithm of the odds that stretches of two values which are
 * alike stay alike for one value more. Regular signals are near 0, noise is above 2.
 *
 * @returns Its largest possible value, the logarithm of the number of pairs, where no longer stretches are alike.
 */
export function sampleEntropy(values: ArrayLike<number>): number {
  const n = values.length - M;
  let mean = 0, square = 0;
  for (let i = 0; i < values.length; i++) mean += values[i] / values.length;
  for (let i = 0; i < values.length; i++) square += (values[i] - mean) ** 2 / values.length;
  const limit = TOLERANCE * Math.sqrt(square);
  let alike = 0, longer = 0;
  for (let i = 0; i < n - 1; i++) {
    for (let j = i + 1; j < n; j++) {
      let k = 0;
      while (k < M && Math.abs(values[i + k] - values[j + k]) <= limit) k++;
      if (k < M) continue;
      alike++;
      if (Math.abs(values[i + M] - values[j + M]) <= limit) longer++;
    }
  }
  const pairs = Math.max(2, n * (n - 1) / 2);
  return alike > 0 && longer > 0 ? Math.log(alike / longer) : Math.log(pairs);
}
