import { checkSamples, realFft } from "../audio/mod.ts";
import { frameCount, type FrameLayout, frameLayout, type FrameOptions, padSamples } from "./frame_layout.ts";
import { windowFunction } from "./window_function.ts";

/** A complex spectrum over time. */
export interface ComplexSpectrogram {
  /** `[frames, nBins, 2]`, row-major: real and imaginary part of each bin. */
  data: Float32Array;
  frames: number;
  /** `floor(nFft / 2) + 1`: bin `k` is at `k * sampleRate / nFft` Hz. */
  nBins: number;
}

/**
 * Short-time Fourier transform, as librosa 0.11 `stft`.
 *
 * @throws {InputError} for no samples, NaN, or lengths that don't fit.
 */
export function stft(samples: Float32Array, options: FrameOptions): ComplexSpectrogram {
  const layout = frameLayout(options);
  const frames = frameCount(samples.length, layout);
  const nBins = Math.floor(layout.nFft / 2) + 1;
  const data = new Float32Array(frames * nBins * 2);
  forEachSpectrum(samples, layout, (frame, spectrum) => data.set(spectrum, frame * nBins * 2));
  return { data, frames, nBins };
}

/** Calls `visit` with the spectrum of each frame, `[nBins, 2]`; its array is used again for the next. */
export function forEachSpectrum(
  samples: Float32Array,
  layout: FrameLayout,
  visit: (frame: number, spectrum: Float32Array) => void,
): void {
  checkSamples(samples, { where: "stft()" });
  const { nFft, winLength, hopLength, center, preEmphasis, removeDc } = layout;
  const frames = frameCount(samples.length, layout);
  const padded = padSamples(samples, layout);
  const window = windowFunction(layout.window, winLength);
  const { forward, nBins } = realFft(nFft);
  const values = new Float32Array(nFft), spectrum = new Float32Array(2 * nBins);
  const margin = center ? Math.floor((nFft - winLength) / 2) : 0;
  const cut = values.subarray(margin, margin + winLength);
  for (let frame = 0; frame < frames; frame++) {
    const start = frame * hopLength + margin;
    cut.set(padded.subarray(start, start + winLength));
    if (removeDc) {
      const mean = cut.reduce((sum, sample) => sum + sample, 0) / winLength;
      for (let i = 0; i < winLength; i++) cut[i] -= mean;
    }
    // Kaldi: the sample before the first is taken to be the first.
    for (let i = winLength - 1; i >= 0 && preEmphasis !== 0; i--) cut[i] -= preEmphasis * cut[Math.max(0, i - 1)];
    for (let i = 0; i < winLength; i++) cut[i] *= window[i];
    forward(values, spectrum);
    visit(frame, spectrum);
  }
}
