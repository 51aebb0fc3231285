import type { MelScale } from "./mel_scale.ts";
import type { WindowName } from "./window_function.ts";

/** How the level of a band becomes a number of the size of a loudness. */
export type LogOptions =
  /** `10 log10(max(S, 1e-10) / reference)`, clipped at `topDb` below the largest value (librosa `power_to_db`). */
  | { kind: "decibel"; reference: number | "max"; topDb: number | null }
  /** `ln(max(S, floor))` (Kaldi). */
  | { kind: "natural"; floor: number }
  /** `ln(S + offset)`. */
  | { kind: "natural"; offset: number };

/** A last affine step, where a published network expects one. */
export type Normalization =
  | { kind: "none" }
  /** `(x - mean) / deviation`. */
  | { kind: "affine"; mean: number; deviation: number }
  /** The same after the window's values were stretched to 0…1. */
  | { kind: "min-max"; mean: number; deviation: number };

/** What is done to the samples of a whole recording before it is cut. */
export interface Preparation {
  /** Butterworth band-pass, Hz. */
  bandpass?: { low: number; high: number; order: number; zeroPhase: boolean };
  /** Removes friction spikes from heart sounds after the band-pass (Schmidt et al. 2010). */
  removeSpikes?: boolean;
}

/** Every number between a recording and its log-Mel spectrogram. */
export interface FeaturePreset {
  /** Samples a second, Hz: recordings are resampled to it. */
  sampleRate: number;
  /** Length of the FFT, samples. */
  nFft: number;
  /** Length of the window, samples. */
  winLength: number;
  /** Samples from one frame to the next. */
  hopLength: number;
  /** Number of Mel bands. */
  nMels: number;
  /** Lowest edge of the bands, Hz. */
  fMin: number;
  /** Highest edge of the bands, Hz. */
  fMax: number;
  /** Formula of the Mel scale. */
  melScale: MelScale;
  /** Whether each band is divided by its width in Hz. */
  melNorm: "slaney" | "none";
  /** Straight sides over Hz (librosa) or over Mel (Kaldi). */
  triangles: "hz" | "mel";
  /** A band without an FFT bin is refused, unless the published preset has one. */
  emptyBands: "refuse" | "keep";
  /** Exponent of the magnitude: 2 is power, 1 magnitude. */
  power: 1 | 2;
  /** `decibel`: 10 log10 against a reference, clipped at `topDb` (librosa); `natural`: ln with a floor or an offset. */
  log: LogOptions;
  /** A last affine step that a published network expects, after stretching to 0…1 (`min-max`) or without. */
  normalization: Normalization;
  /** Frames stand centred on multiples of the hop (librosa); if not, only frames that lie inside count (Kaldi). */
  center: boolean;
  /** What stands beyond the ends of the samples where frames are centred. */
  padMode: "constant" | "reflect";
  /** Window function. */
  window: WindowName;
  /** Coefficient of the pre-emphasis inside each frame; 0 for none. */
  preEmphasis: number;
  /** Whether the mean of each frame is taken off first. */
  removeDc: boolean;
  /** What is done to the samples of a whole recording before it is cut. */
  preparation: Preparation;
}
