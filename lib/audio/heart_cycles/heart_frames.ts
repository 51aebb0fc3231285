import { bandpass } from "../bandpass.ts";
import { realFft } from "../fft.ts";
import { removeSpikes } from "../remove_spikes.ts";
import { resample } from "../resample.ts";

/** Frames a second, Hz: the resolution of a segmentation is 20 ms. */
export const FRAME_RATE = 50;

/** Hz: what tells the sounds of the heart apart lies below 400 Hz. */
const SOUND_RATE = 1000;

const HOP = SOUND_RATE / FRAME_RATE;

/** A Hann window of 50 ms, filled up with zeros to bins of 15.6 Hz. */
const WINDOW = 50, N_FFT = 64;

/** First bin of each band, and the end of the last: single bins where S1 and S2 differ, wide ones for murmurs (31 to 406 Hz). */
const EDGES = [2, 3, 4, 5, 6, 8, 10, 13, 17, 21, 26];

/** Numbers a frame: the bands, and the energy of the frame alone, sharper in time. */
export const FRAME_WIDTH = EDGES.length;

/**
 * What the states of the heart are told by: the logarithm of the energy in ten bands and of the frame itself, each with
 * mean 0 and deviation 1 over the recording.
 *
 * @returns `[frames, FRAME_WIDTH]`, one frame each 20 ms, around its middle.
 */
export function heartFrames(samples: Float32Array, { sampleRate }: { sampleRate: number }): Float32Array {
  const resampled = resample(samples, { from: sampleRate, to: SOUND_RATE });
  const sound = removeSpikes(bandpass(resampled, { sampleRate: SOUND_RATE, low: 25, high: 400, order: 2 }), {
    sampleRate: SOUND_RATE,
  });
  const count = Math.floor(sound.length / HOP);
  const frames = new Float32Array(count * FRAME_WIDTH);
  const { nBins, forward } = realFft(N_FFT);
  const hann = Float64Array.from({ length: WINDOW }, (_, i) => Math.sin(Math.PI * (i + 0.5) / WINDOW) ** 2);
  const frame = new Float32Array(N_FFT), spectrum = new Float32Array(2 * nBins);
  for (let t = 0; t < count; t++) {
    const first = t * HOP + (HOP - WINDOW) / 2;
    for (let i = 0; i < WINDOW; i++) frame[i] = (sound[first + i] ?? 0) * hann[i];
    forward(frame, spectrum);
    const row = frames.subarray(t * FRAME_WIDTH, (t + 1) * FRAME_WIDTH);
    for (let b = 0; b + 1 < EDGES.length; b++) {
      for (let k = EDGES[b]; k < EDGES[b + 1]; k++) row[b] += spectrum[2 * k] ** 2 + spectrum[2 * k + 1] ** 2;
    }
    for (let i = t * HOP; i < (t + 1) * HOP; i++) row[FRAME_WIDTH - 1] += sound[i] ** 2;
  }
  for (let column = 0; column < FRAME_WIDTH; column++) {
    takeLogarithm(frames, column);
    standardise(frames, column);
  }
  return frames;
}

/** Of what lies more than 80 dB below the loudest, nothing is told apart. */
const FLOOR = 1e-8;

function takeLogarithm(frames: Float32Array, column: number): void {
  let loudest = 1e-30;
  for (let i = column; i < frames.length; i += FRAME_WIDTH) loudest = Math.max(loudest, frames[i]);
  for (let i = column; i < frames.length; i += FRAME_WIDTH) frames[i] = Math.log(frames[i] + FLOOR * loudest);
}

/** Gives a column mean 0 and deviation 1. */
export function standardise(frames: Float32Array, column: number): void {
  const count = frames.length / FRAME_WIDTH;
  let sum = 0, squares = 0;
  for (let i = column; i < frames.length; i += FRAME_WIDTH) sum += frames[i];
  const mean = sum / count;
  for (let i = column; i < frames.length; i += FRAME_WIDTH) squares += (frames[i] - mean) ** 2;
  const deviation = Math.sqrt(squares / count) || 1;
  for (let i = column; i < frames.length; i += FRAME_WIDTH) frames[i] = (frames[i] - mean) / deviation;
}
