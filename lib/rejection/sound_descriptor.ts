// Runs in a page as well: single files are imported where a room's mod.ts would bring file access along.
import { resample } from "../audio/resample.ts";
import type { FeaturePreset } from "../features/feature_preset.ts";
import { logMel } from "../features/log_mel.ts";

/** Bands between 20 Hz and the highest frequency that is looked at. */
const BANDS = 12;

/** Length of a frame and the time from one to the next, s. */
const FRAME = 0.064, HOP = 0.02;

/** Frames between which the regularity of a band is told: 20 and 60 ms. */
const LAGS = [1, 3];

/** Fewest frames that say anything of how a sound moves. */
const FEWEST = 8;

/** The first entries of a {@linkcode soundDescriptor} are levels: a device or filter shifts them and leaves the others. */
export const descriptorLevels = BANDS + 1;

/** Entries of a {@linkcode soundDescriptor}. */
export const descriptorSize = (BANDS + 1) * (2 + LAGS.length);

/**
 * How a whole recording sounds, whatever is heard in it: of each band and of the sum of all, the level, how much it
 * moves, and how regularly, as McDermott and Simoncelli 2011 describe textures. It is taken before any band-pass, up to
 * twice the preset's highest frequency, since what a band-pass removes tells a lung from a heart; the gain of the
 * recording is without effect.
 *
 * @returns `[descriptorSize]`: levels (dB, less their mean), deviations (dB), correlations at each lag; `null` for a
 * recording that is too short.
 */
export function soundDescriptor(
  samples: Float32Array,
  { sampleRate, preset }: { sampleRate: number; preset: FeaturePreset },
): Float64Array | null {
  const rate = preset.sampleRate;
  const winLength = Math.round(FRAME * rate);
  const heard = sampleRate === rate ? samples : resample(samples, { from: sampleRate, to: rate });
  if (heard.length < winLength + FEWEST * HOP * rate) return null;
  const { data, frames } = logMel(heard, {
    ...preset,
    nFft: 2 ** Math.ceil(Math.log2(winLength)),
    winLength,
    hopLength: Math.round(HOP * rate),
    nMels: BANDS,
    fMin: 20,
    fMax: Math.min(2 * preset.fMax, 0.45 * rate), // beyond, a resampling filter would be heard
    melScale: "slaney",
    melNorm: "slaney",
    triangles: "hz",
    emptyBands: "keep",
    power: 2,
    log: { kind: "decibel", reference: "max", topDb: 80 },
    normalization: { kind: "none" },
    center: false,
    preEmphasis: 0,
    removeDc: false,
  });
  const overFrames = (of: (frame: number) => number) => Float64Array.from({ length: frames }, (_, frame) => of(frame));
  const levelOf = (frame: number, band: number) => data[frame * BANDS + band];
  const bands = Array.from({ length: BANDS }, (_, band) => overFrames((frame) => levelOf(frame, band)));
  const all = overFrames((frame) => {
    let power = 0;
    for (let band = 0; band < BANDS; band++) power += Math.exp(levelOf(frame, band) * (Math.LN10 / 10));
    return 10 * Math.log10(power);
  });
  const descriptor = new Float64Array(descriptorSize);
  const middle = meanOf(data);
  [...bands, all].forEach((levels, i) => {
    const mean = meanOf(levels);
    const power = correlation(levels, { mean, lag: 0 });
    descriptor[i] = mean - middle;
    descriptor[BANDS + 1 + i] = Math.sqrt(power / frames);
    LAGS.forEach((lag, l) => {
      descriptor[(2 + l) * (BANDS + 1) + i] = correlation(levels, { mean, lag }) / (power + 1e-9);
    });
  });
  return descriptor;
}

function meanOf(levels: Float32Array | Float64Array): number {
  let sum = 0;
  for (let i = 0; i < levels.length; i++) sum += levels[i];
  return sum / levels.length;
}

function correlation(levels: Float64Array, { mean, lag }: { mean: number; lag: number }): number {
  let sum = 0;
  for (let i = lag; i < levels.length; i++) sum += (levels[i] - mean) * (levels[i - lag] - mean);
  return sum;
}
