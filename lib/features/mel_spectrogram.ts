import type { FrameOptions } from "./frame_layout.ts";
import type { MelFilterBankOptions } from "./mel_filter_bank.ts";
import { melLevels } from "./mel_levels.ts";

/** Levels of Mel bands over time. */
export interface Spectrogram {
  /** `[frames, nMels]`, row-major: the bands of a frame stand together. */
  data: Float32Array;
  frames: number;
  nMels: number;
}

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
  const { data, frames } = melLevels(samples, options);
  return { data, frames, nMels: options.nMels };
}
