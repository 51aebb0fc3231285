import { z } from "zod";
import type { Options } from "../../parts/mod.ts";
import { type AugmentationPart, defineAugmentation, mixTargets } from "./define_augmentation.ts";
import { drawBeta } from "./draw_beta.ts";

const mixupOptions = {
  /** How often an example is mixed with another. */
  probability: z.number().min(0).max(1).default(0.5) as z.ZodDefault<z.ZodNumber>,
  /** Of Beta(alpha, alpha), which mixtures are drawn from: near 0 hardly any, 1 all equally likely. */
  alpha: z.number().positive().default(0.4) as z.ZodDefault<z.ZodNumber>,
};

/** Lays another window over this one, and mixes their classes by the same share (Zhang et al. 2018). */
export const mixup: AugmentationPart<"mixup", Options<typeof mixupOptions>> = defineAugmentation({
  name: "mixup",
  options: z.strictObject(mixupOptions),
  partner: "any",
  apply(example, { alpha }, random) {
    const { features, partner } = example;
    const share = drawBeta(random, alpha);
    features.forEach((value, i) => features[i] = share * value + (1 - share) * partner!.features[i]);
    mixTargets(example, partner!, share);
  },
});
