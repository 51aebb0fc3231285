import type { z } from "zod";
import type { CalledPart, DescribedBy } from "../../parts/mod.ts";
import { augmentations, type ResolvedAugmentation } from "./define_augmentation.ts";
import type { deviceResponse } from "./device_response.ts";
import type { gain } from "./gain.ts";
import type { mixup } from "./mixup.ts";
import type { randomFilter } from "./random_filter.ts";
import type { specAugment } from "./spec_augment.ts";
import type { timeShift } from "./time_shift.ts";

export * from "./time_shift.ts";
export * from "./spec_augment.ts";
export * from "./gain.ts";
export * from "./random_filter.ts";
export * from "./device_response.ts";
export * from "./mixup.ts";

/** An augmentation as it is described in an experiment: by its name, or with its options. */
export type AugmentationOptions =
  | DescribedBy<
    typeof timeShift | typeof specAugment | typeof gain | typeof randomFilter | typeof deviceResponse | typeof mixup
  >
  | CalledPart<"augmentation">;

/** An augmentation and its options; `kind` names it. */
export const augmentation = augmentations.schema as z.ZodType<ResolvedAugmentation, AugmentationOptions>;
