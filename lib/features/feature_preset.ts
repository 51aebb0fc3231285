import { z } from "zod";

const hertz = z.number().min(0);
const count = z.int().positive();

/** How the level of a band becomes a number of the size of a loudness. */
const log = z.union([
  /** `10 log10(max(S, 1e-10) / reference)`, clipped at `topDb` below the largest value (librosa `power_to_db`). */
  z.strictObject({
    kind: z.literal("decibel"),
    reference: z.union([z.number().positive(), z.literal("max")]),
    topDb: z.number().positive().nullable(),
  }),
  /** `ln(max(S, floor))` (Kaldi). */
  z.strictObject({ kind: z.literal("natural"), floor: z.number().positive() }),
  /** `ln(S + offset)`. */
  z.strictObject({ kind: z.literal("natural"), offset: z.number().positive() }),
]);
export type LogOptions = z.infer<typeof log>;

const affine = { mean: z.number(), deviation: z.number().positive() };
const normalization = z.union([
  z.strictObject({ kind: z.literal("none") }),
  /** `(x - mean) / deviation`. */
  z.strictObject({ kind: z.literal("affine"), ...affine }),
  /** The same after the window's values were stretched to 0…1. */
  z.strictObject({ kind: z.literal("min-max"), ...affine }),
]);
export type Normalization = z.infer<typeof normalization>;

const preparation = z.strictObject({
  /** Butterworth band-pass, Hz. */
  bandpass: z.strictObject({ low: hertz, high: hertz, order: count, zeroPhase: z.boolean() }).optional(),
  /** Removes friction spikes from heart sounds after the band-pass (Schmidt et al. 2010). */
  removeSpikes: z.boolean().optional(),
});

/** Every number between a recording and its log-Mel spectrogram. */
export const featurePresetSchema = z.strictObject({
  /** Samples a second, Hz: recordings are resampled to it. */
  sampleRate: hertz,
  /** Length of the FFT, samples. */
  nFft: count,
  /** Length of the window, samples. */
  winLength: count,
  /** Samples from one frame to the next. */
  hopLength: count,
  /** Number of Mel bands. */
  nMels: count,
  /** Lowest edge of the bands, Hz. */
  fMin: hertz,
  /** Highest edge of the bands, Hz. */
  fMax: hertz,
  /** Formula of the Mel scale. */
  melScale: z.enum(["slaney", "htk"]),
  /** Whether each band is divided by its width in Hz. */
  melNorm: z.enum(["slaney", "none"]),
  /** Straight sides over Hz (librosa) or over Mel (Kaldi). */
  triangles: z.enum(["hz", "mel"]),
  /** A band without an FFT bin is refused, unless the published preset has one. */
  emptyBands: z.enum(["refuse", "keep"]),
  /** Exponent of the magnitude: 2 is power, 1 magnitude. */
  power: z.union([z.literal(1), z.literal(2)]),
  /** `decibel`: 10 log10 against a reference, clipped at `topDb` (librosa); `natural`: ln with a floor or an offset. */
  log,
  /** A last affine step that a published network expects, after stretching to 0…1 (`min-max`) or without. */
  normalization,
  /** Frames stand centred on multiples of the hop (librosa); if not, only frames that lie inside count (Kaldi). */
  center: z.boolean(),
  /** What stands beyond the ends of the samples where frames are centred. */
  padMode: z.enum(["constant", "reflect"]),
  /** Window function. */
  window: z.enum(["hann", "hann-symmetric", "hamming", "povey", "rectangular"]),
  /** Coefficient of the pre-emphasis inside each frame; 0 for none. */
  preEmphasis: z.number(),
  /** Whether the mean of each frame is taken off first. */
  removeDc: z.boolean(),
  /** What is done to the samples of a whole recording before it is cut. */
  preparation,
});
export type FeaturePreset = z.infer<typeof featurePresetSchema>;
