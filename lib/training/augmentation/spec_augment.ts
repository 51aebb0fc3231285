import { z } from "zod";
import type { Options } from "../../parts/mod.ts";
import { type AugmentationPart, defineAugmentation } from "./define_augmentation.ts";

const count = z.number().int();

const specAugmentOptions = {
  /** Widest mask over bands. */
  bands: count.min(0).default(8) as z.ZodDefault<z.ZodNumber>,
  /** Longest mask over frames. */
  frames: count.min(0).default(16) as z.ZodDefault<z.ZodNumber>,
  /** Masks of each kind. */
  masks: count.min(1).default(1) as z.ZodDefault<z.ZodNumber>,
};

/**
 * Masks runs of bands and of frames by their mean (Park et al. 2019, without the time warp, which they found to matter
 * least).
 */
export const specAugment: AugmentationPart<"spec-augment", Options<typeof specAugmentOptions>> = defineAugmentation({
  name: "spec-augment",
  options: z.strictObject(specAugmentOptions),
  apply({ features, mean, ...shape }, { bands, frames, masks }, random) {
    const row = shape.bands * shape.channels;
    const span = (widest: number, extent: number): [number, number] => {
      const width = random.integer(Math.min(widest, extent) + 1);
      const start = random.integer(extent - width + 1);
      return [start, start + width];
    };
    for (let mask = 0; mask < masks; mask++) {
      const [low, high] = span(bands, shape.bands).map((band) => band * shape.channels);
      for (let start = 0; start < features.length; start += row) features.set(mean.subarray(low, high), start + low);
      const [from, to] = span(frames, shape.frames);
      for (let frame = from; frame < to; frame++) features.set(mean, frame * row);
    }
  },
});
