import { frameCount, frameLayout, type FrameOptions } from "./frame_layout.ts";
import { melFilterBank, type MelFilterBankOptions } from "./mel_filter_bank.ts";
import { forEachSpectrum } from "./stft.ts";

/** Levels of Mel bands over time. */
export interface Spectrogram {
  /** `[frames, nMels]`, row-major: the bands of a frame stand together. */
  data: Float32Array;
  frames: number;
  nMels: number;
}

/** Options of {@linkcode melSpectrogram}. */
export interface MelOptions extends FrameOptions, MelFilterBankOptions {
  /** Exponent of the magnitude: 2 is power, 1 magnitude. @default {2} */
  power?: 1 | 2;
}

/**
 * Mel spectrogram, as librosa 0.11 `feature.melspectrogram` (transposed: frames are rows).
 *
 * @throws {InputError} for no samples, NaN, lengths that don't fit, or Mel bands without an FFT bin.
 */
export function melSpectrogram(samples: Float32Array, options: MelOptions): Spectrogram {
  const { nMels, power = 2 } = options;
  const layout = frameLayout(options);
  const frames = frameCount(samples.length, layout);
  const nBins = Math.floor(layout.nFft / 2) + 1;
  const bank = melFilterBank(options);
  const reach = bankReach(bank, nMels, nBins);
  const data = new Float32Array(frames * nMels);
  const level = new Float64Array(nBins);
  forEachSpectrum(samples, layout, (frame, spectrum) => {
    for (let bin = 0; bin < nBins; bin++) {
      const square = spectrum[2 * bin] ** 2 + spectrum[2 * bin + 1] ** 2;
      level[bin] = power === 2 ? square : Math.sqrt(square);
    }
    for (let band = 0; band < nMels; band++) {
      let sum = 0;
      for (let bin = reach[band][0]; bin < reach[band][1]; bin++) sum += bank[band * nBins + bin] * level[bin];
      data[frame * nMels + band] = sum;
    }
  });
  return { data, frames, nMels };
}

/** First bin of each band and the one after its last. */
function bankReach(bank: Float64Array, nMels: number, nBins: number): [number, number][] {
  return Array.from({ length: nMels }, (_, band) => {
    const row = bank.subarray(band * nBins, (band + 1) * nBins);
    const first = row.findIndex((weight) => weight > 0);
    return first < 0 ? [0, 0] : [first, row.findLastIndex((weight) => weight > 0) + 1];
  });
}
