import { z } from "zod";
import type { Options } from "../parts/part_kind.ts";

const hertz: z.ZodNumber = z.number().min(0);
const count: z.ZodNumber = z.int().positive();

/** How the level of a band becomes a number of the size of a loudness. */
export type LogOptions =
  /** `10 log10(max(S, 1e-10) / reference)`, clipped at `topDb` below the largest value (librosa `power_to_db`). */
  | { kind: "decibel"; reference: number | "max"; topDb: number | null }
  /** `ln(max(S, floor))` (Kaldi). */
  | { kind: "natural"; floor: number }
  /** `ln(S + offset)`. */
  | { kind: "natural"; offset: number };
const log: z.ZodType<LogOptions, LogOptions> = z.union([
  z.strictObject({
    kind: z.literal("decibel"),
    reference: z.union([z.number().positive(), z.literal("max")]),
    topDb: z.number().positive().nullable(),
  }),
  z.strictObject({ kind: z.literal("natural"), floor: z.number().positive() }),
  z.strictObject({ kind: z.literal("natural"), offset: z.number().positive() }),
]);

/** A last step: `(x - mean) / deviation`, by `min-max` after the window's values were stretched to 0…1. */
export type Normalization = { kind: "none" } | { kind: "affine" | "min-max"; mean: number; deviation: number };
const normalization: z.ZodType<Normalization, Normalization> = z.union([
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("affine"), mean: z.number(), deviation: z.number().positive() }),
  z.strictObject({ kind: z.literal("min-max"), mean: z.number(), deviation: z.number().positive() }),
]);

const band = { low: hertz, high: hertz, order: count, zeroPhase: z.boolean() as z.ZodBoolean };
const preparation = {
  /** Butterworth band-pass, Hz. */
  bandpass: z.strictObject(band).optional() as z.ZodOptional<Options<typeof band>>,
  /** Removes friction spikes from heart sounds after the band-pass (Schmidt et al. 2010). */
  removeSpikes: z.boolean().optional() as z.ZodOptional<z.ZodBoolean>,
};

/** Every number between a recording and its log-Mel spectrogram. */
const preset = {
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
  melScale: z.enum(["slaney", "htk"]) as z.ZodType<"slaney" | "htk">,
  /** Whether each band is divided by its width in Hz. */
  melNorm: z.enum(["slaney", "none"]) as z.ZodType<"slaney" | "none">,
  /** Straight sides over Hz (librosa) or over Mel (Kaldi). */
  triangles: z.enum(["hz", "mel"]) as z.ZodType<"hz" | "mel">,
  /** A band without an FFT bin is refused, unless the published preset has one. */
  emptyBands: z.enum(["refuse", "keep"]) as z.ZodType<"refuse" | "keep">,
  /** Exponent of the magnitude: 2 is power, 1 magnitude. */
  power: z.union([z.literal(1), z.literal(2)]) as z.ZodType<1 | 2>,
  /** `decibel`: 10 log10 against a reference, clipped at `topDb` (librosa); `natural`: ln with a floor or an offset. */
  log,
  /** A last affine step that a published network expects, after stretching to 0…1 (`min-max`) or without. */
  normalization,
  /** Frames stand centred on multiples of the hop (librosa); if not, only frames that lie inside count (Kaldi). */
  center: z.boolean() as z.ZodBoolean,
  /** What stands beyond the ends of the samples where frames are centred. */
  padMode: z.enum(["constant", "reflect"]) as z.ZodType<"constant" | "reflect">,
  /** Window function. */
  window: z.enum(["hann", "hann-symmetric", "hamming", "povey", "rectangular"]) as z.ZodType<
    "hann" | "hann-symmetric" | "hamming" | "povey" | "rectangular"
  >,
  /** Coefficient of the pre-emphasis inside each frame; 0 for none. */
  preEmphasis: z.number() as z.ZodNumber,
  /** Whether the mean of each frame is taken off first. */
  removeDc: z.boolean() as z.ZodBoolean,
  /** What is done to the samples of a whole recording before it is cut. */
  preparation: z.strictObject(preparation) as Options<typeof preparation>,
};
export const featurePresetSchema: Options<typeof preset> = z.strictObject(preset);
export type FeaturePreset = z.infer<typeof featurePresetSchema>;
