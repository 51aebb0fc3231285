import { z } from "zod";

const share = z.number().min(0).max(1);
const count = z.number().int();
const positive = z.number().positive();

/** How often an example is changed so. */
const probability = share.default(1);
const mixing = {
  /** How often an example is mixed with another of its batch. */
  probability: share.default(0.5),
  /** Of Beta(alpha, alpha), which mixtures are drawn from: near 0 hardly any, 1 all equally likely. */
  alpha: positive.default(0.4),
};

const options = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("time-shift"),
    probability,
    /** Largest shift to either side, as a share of the window. */
    maxShare: share.default(0.5),
  }),
  z.strictObject({
    kind: z.literal("time-stretch"),
    probability,
    /** Largest change of the speed. */
    range: positive.max(1).default(0.2),
  }),
  z.strictObject({
    kind: z.literal("spec-augment"),
    probability,
    /** Widest mask over bands. */
    bands: count.min(0).default(8),
    /** Longest mask over frames. */
    frames: count.min(0).default(16),
    /** Masks of each kind. */
    masks: count.min(1).default(1),
  }),
  z.strictObject({
    kind: z.literal("gain"),
    probability,
    /** Largest change in the unit of the features, dB for the presets in dB. */
    range: positive.default(6),
  }),
  z.strictObject({
    kind: z.literal("random-filter"),
    probability,
    /** Largest gain at a corner, in the unit of the features. */
    range: positive.default(6),
    /** Corners of the frequency response. */
    corners: count.min(2).default(5),
  }),
  z.strictObject({
    kind: z.literal("noise"),
    probability,
    /** Lowest and highest signal-to-noise ratio, dB. */
    snr: z.tuple([z.number(), z.number()]).default([10, 30]),
    /** Unit of the features: decibels, or the natural logarithm of a power. */
    unit: z.enum(["dB", "ln"]).default("dB"),
  }),
  z.strictObject({
    kind: z.literal("vtlp"),
    probability,
    /** Largest stretch of the frequency axis. */
    range: positive.max(0.5).default(0.1),
  }),
  z.strictObject({ kind: z.literal("mixup"), ...mixing }),
  z.strictObject({ kind: z.literal("cutmix"), ...mixing }),
  z.strictObject({
    kind: z.literal("patch-mix"),
    ...mixing,
    /** Frames and bands of a patch. */
    patch: count.min(1).default(16),
  }),
  z.strictObject({ kind: z.literal("concatenate"), probability: share.default(0.5) }),
]);

/** One augmentation, by its name alone or with options. */
export const augmentation = z.preprocess(
  (value) => typeof value === "string" ? { kind: value } : value,
  options,
) as unknown as z.ZodType<z.output<typeof options>, AugmentationOptions>;

/** As written in an experiment. */
export type AugmentationOptions = z.input<typeof options> | z.input<typeof options>["kind"];

/** Defaults filled in. */
export type ResolvedAugmentation = z.output<typeof options>;
