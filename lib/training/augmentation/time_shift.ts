import { z } from "zod";
import type { Options } from "../../parts/mod.ts";
import { type AugmentationPart, defineAugmentation } from "./define_augmentation.ts";

const timeShiftOptions = {
  /** Largest shift to either side, as a share of the window. */
  maxShare: z.number().min(0).max(1).default(0.5) as z.ZodDefault<z.ZodNumber>,
};

/**
 * Turns the window round in time; what leaves at one end comes in at the other, so that no sound is lost (Salamon and
 * Bello 2017 shift the samples).
 */
export const timeShift: AugmentationPart<"time-shift", Options<typeof timeShiftOptions>> = defineAugmentation({
  name: "time-shift",
  options: z.strictObject(timeShiftOptions),
  apply({ features, frames, bands, channels }, { maxShare }, random) {
    const shift = Math.round(random.uniform(-maxShare, maxShare) * frames);
    const start = ((shift % frames) + frames) % frames * bands * channels;
    const end = features.slice(features.length - start);
    features.copyWithin(start, 0, features.length - start);
    features.set(end);
  },
});
