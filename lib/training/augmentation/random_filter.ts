import { z } from "zod";
import type { Options } from "../../parts/mod.ts";
import { type AugmentationPart, defineAugmentation } from "./define_augmentation.ts";

const randomFilterOptions = {
  /** Largest gain at a corner, in the unit of the features. */
  range: z.number().positive().default(6) as z.ZodDefault<z.ZodNumber>,
  /** Corners of the frequency response, its ends included. */
  corners: z.number().int().min(2).default(5) as z.ZodDefault<z.ZodNumber>,
};

/**
 * Another microphone: adds a random frequency response, straight lines between random gains at random bands
 * (FilterAugment of Nam et al. 2022, the linear kind). For log spectra, where a filter adds.
 */
export const randomFilter: AugmentationPart<"random-filter", Options<typeof randomFilterOptions>> = defineAugmentation({
  name: "random-filter",
  options: z.strictObject(randomFilterOptions),
  needs: "frequencies",
  apply({ features, bands, channels }, { range, corners }, random) {
    const inner = Array.from({ length: corners - 2 }, () => random.uniform(0, bands - 1)).sort((a, b) => a - b);
    const places = [0, ...inner, bands - 1];
    const gains = places.map(() => random.uniform(-range, range));
    const response = Float32Array.from({ length: bands }, (_, band) => {
      const right = Math.max(1, places.findIndex((place) => place >= band));
      const [from, to] = [places[right - 1], places[right]];
      const share = to > from ? (band - from) / (to - from) : 0;
      return gains[right - 1] + share * (gains[right] - gains[right - 1]);
    });
    features.forEach((value, i) => features[i] = value + response[Math.floor(i / channels) % bands]);
  },
});
