import type { ResolvedAugmentation } from "./augmentation_options.ts";
import { concatenate } from "./concatenate.ts";
import { cutmix } from "./cutmix.ts";
import type { AugmentContext, Example } from "./example.ts";
import { gain } from "./gain.ts";
import { mixup } from "./mixup.ts";
import { patchMix } from "./patch_mix.ts";
import { randomFilter } from "./random_filter.ts";
import { specAugment } from "./spec_augment.ts";
import { spectralNoise } from "./spectral_noise.ts";
import { timeShift } from "./time_shift.ts";
import { timeStretch } from "./time_stretch.ts";
import { vtlp } from "./vtlp.ts";

/** One example after one augmentation, applied by its probability; the argument stays as it is. */
export function augment(example: Example, options: ResolvedAugmentation, context: AugmentContext): Example {
  const { partner, stream } = context;
  if (stream.uniform() >= options.probability) return example;
  switch (options.kind) {
    case "mixup":
      return mixup(example, partner("any"), { ...options, ...context });
    case "cutmix":
      return cutmix(example, partner("any"), { ...options, ...context });
    case "patch-mix":
      return patchMix(example, partner("any"), { ...options, ...context });
    case "concatenate":
      return concatenate(example, partner("same-class"), context);
    default:
      return { ...example, features: changedFeatures(example.features, options, context) };
  }
}

type OfOne = Exclude<ResolvedAugmentation, { kind: "mixup" | "cutmix" | "patch-mix" | "concatenate" }>;

function changedFeatures(features: Float32Array, options: OfOne, context: AugmentContext): Float32Array {
  switch (options.kind) {
    case "time-shift":
      return timeShift(features, { ...options, ...context });
    case "time-stretch":
      return timeStretch(features, { ...options, ...context });
    case "spec-augment":
      return specAugment(features, { ...options, ...context });
    case "gain":
      return gain(features, { ...options, ...context });
    case "random-filter":
      return randomFilter(features, { ...options, ...context });
    case "noise":
      return spectralNoise(features, { ...options, ...context });
    case "vtlp":
      return vtlp(features, { ...options, ...context });
  }
}
