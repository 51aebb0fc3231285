import { checkSamples } from "../audio/mod.ts";
import { fourierTransform } from "./fourier_transform.ts";
import { frameCount, type FrameLayout, frameLayout, type FrameOptions, padSamples } from "./frame_layout.ts";
import { windowFunction } from "./window_function.ts";

/** A complex spectrum over time. */
export interface ComplexSpectrogram {
  /** `[frames, nBins]`, row-major. */
  real: Float32Array;
  /** `[frames, nBins]`, row-major. */
  imag: Float32Array;
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
  const real = new Float32Array(frames * nBins), imag = new Float32Array(frames * nBins);
  forEachSpectrum(samples, layout, (frame, frameReal, frameImag) => {
    real.set(frameReal.subarray(0, nBins), frame * nBins);
    imag.set(frameImag.subarray(0, nBins), frame * nBins);
  });
  return { real, imag, frames, nBins };
}

/** Calls `visit` with the spectrum of each frame; its arrays are used again for the next. */
export function forEachSpectrum(
  samples: Float32Array,
  layout: FrameLayout,
  visit: (frame: number, real: Float64Array, imag: Float64Array) => void,
): void {
  checkSamples(samples, { where: "stft()" });
  const { nFft, winLength, hopLength, center, preEmphasis, removeDc } = layout;
  const frames = frameCount(samples.length, layout);
  const padded = padSamples(samples, layout);
  const window = windowFunction(layout.window, winLength);
  const transform = fourierTransform(nFft);
  const real = new Float64Array(nFft), imag = new Float64Array(nFft);
  const margin = center ? Math.floor((nFft - winLength) / 2) : 0;
  for (let frame = 0; frame < frames; frame++) {
    real.fill(0);
    imag.fill(0);
    const cut = real.subarray(margin, margin + winLength);
    const start = frame * hopLength + margin;
    cut.set(padded.subarray(start, start + winLength));
    if (removeDc) {
      const mean = cut.reduce((sum, sample) => sum + sample, 0) / winLength;
      for (let i = 0; i < winLength; i++) cut[i] -= mean;
    }
    // Kaldi: the sample before the first is taken to be the first.
    for (let i = winLength - 1; i >= 0 && preEmphasis !== 0; i--) cut[i] -= preEmphasis * cut[Math.max(0, i - 1)];
    for (let i = 0; i < winLength; i++) cut[i] *= window[i];
    transform(real, imag);
    visit(frame, real, imag);
  }
}
