import { bandpass } from "../bandpass.ts";
import { resample } from "../resample.ts";
import { type BandMovement, bandMovement } from "./band_movement.ts";
import { clippingShare, dropoutShare } from "./lost_samples.ts";
import { periodicity } from "./periodicity.ts";
import { sampleEntropy } from "./sample_entropy.ts";

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

/**
 * The indices of a recording of at least half a second; each function that they come from names its paper.
 */
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
