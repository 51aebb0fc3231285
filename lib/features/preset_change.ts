import { z } from "zod";
import type { FeaturePreset } from "./feature_preset.ts";

const hertz = z.number().min(0);
const count = z.int().positive();

const log = z.union([
  z.strictObject({
    kind: z.literal("decibel"),
    reference: z.union([z.number().positive(), z.literal("max")]),
    topDb: z.number().positive().nullable(),
  }),
  z.strictObject({ kind: z.literal("natural"), floor: z.number().positive() }),
  z.strictObject({ kind: z.literal("natural"), offset: z.number().positive() }),
]);

const affine = { mean: z.number(), deviation: z.number().positive() };
const normalization = z.union([
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({ kind: z.literal("affine"), ...affine }),
  z.strictObject({ kind: z.literal("min-max"), ...affine }),
]);

const preparation = z.strictObject({
  bandpass: z.strictObject({ low: hertz, high: hertz, order: count, zeroPhase: z.boolean() }).optional(),
  removeSpikes: z.boolean().optional(),
});

/** What an experiment changes of a preset; each key as in {@linkcode FeaturePreset}, checked for its kind alone. */
export const presetChange: z.ZodType<Partial<FeaturePreset>, Partial<FeaturePreset>> = z.strictObject({
  sampleRate: hertz,
  nFft: count,
  winLength: count,
  hopLength: count,
  nMels: count,
  fMin: hertz,
  fMax: hertz,
  melScale: z.enum(["slaney", "htk"]),
  melNorm: z.enum(["slaney", "none"]),
  triangles: z.enum(["hz", "mel"]),
  emptyBands: z.enum(["refuse", "keep"]),
  power: z.union([z.literal(1), z.literal(2)]),
  log,
  normalization,
  center: z.boolean(),
  padMode: z.enum(["constant", "reflect"]),
  window: z.enum(["hann", "hann-symmetric", "hamming", "povey", "rectangular"]),
  preEmphasis: z.number(),
  removeDc: z.boolean(),
  preparation,
}).partial();
