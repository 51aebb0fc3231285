import { z } from "zod";
import { defineAugmentation } from "./define_augmentation.ts";

/** Louder or softer: adds one random number to all values. */
export const gain = defineAugmentation({
  name: "gain",
  options: z.strictObject({
    /** Largest change in the unit of the features, dB for the presets in dB. */
    range: z.number().positive().default(6),
  }),
  apply({ features }, { range }, random) {
    const change = random.uniform(-range, range);
    features.forEach((value, i) => features[i] = value + change);
  },
});
