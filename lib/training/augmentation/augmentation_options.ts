import { z } from "zod";

const share = z.number().min(0).max(1);

const timeShift = z.strictObject({
  kind: z.literal("time-shift"),
  /** Largest shift to either side, as a share of the window. */
  maxShare: share.default(0.5),
});

const specAugment = z.strictObject({
  kind: z.literal("spec-augment"),
  /** Widest mask over bands. */
  bands: z.number().int().min(0).default(8),
  /** Longest mask over frames. */
  frames: z.number().int().min(0).default(16),
  /** Masks of each kind. */
  masks: z.number().int().min(1).default(1),
});

const options = z.discriminatedUnion("kind", [timeShift, specAugment]);

/** One augmentation, by its name alone or with options. */
export const augmentation = z.preprocess(
  (value) => typeof value === "string" ? { kind: value } : value,
  options,
) as unknown as z.ZodType<z.output<typeof options>, AugmentationOptions>;

/** As written in an experiment. */
export type AugmentationOptions = z.input<typeof options> | z.input<typeof options>["kind"];

/** Defaults filled in. */
export type ResolvedAugmentation = z.output<typeof options>;
