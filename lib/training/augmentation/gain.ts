import { z } from "zod";
import type { Options } from "../../parts/mod.ts";
import { type AugmentationPart, defineAugmentation } from "./define_augmentation.ts";

const gainOptions = {
  /** Largest change in the unit of the features, dB for the presets in dB. */
  range: z.number().positive().default(6) as z.ZodDefault<z.ZodNumber>,
};

/** Louder or softer: adds one random number to all values. */
export const gain: AugmentationPart<"gain", Options<typeof gainOptions>> = defineAugmentation({
  name: "gain",
  options: z.strictObject(gainOptions),
  apply({ features }, { range }, random) {
    const change = random.uniform(-range, range);
    features.forEach((value, i) => features[i] = value + change);
  },
});
