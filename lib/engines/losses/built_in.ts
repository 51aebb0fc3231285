import type { z } from "zod";
import type { CalledPart, DescribedBy } from "../../parts/mod.ts";
import { binaryCrossEntropy } from "./binary_cross_entropy.ts";
import type { byFrame } from "./by_frame.ts";
import { categoricalCrossEntropy } from "./categorical_cross_entropy.ts";
import type { contrastive } from "./contrastive.ts";
import { losses } from "./define_loss.ts";
import { focal } from "./focal.ts";

export * from "./binary_cross_entropy.ts";
export * from "./by_frame.ts";
export * from "./categorical_cross_entropy.ts";
export * from "./contrastive.ts";
export * from "./focal.ts";

/** A loss as it is described in an experiment: by its name, or with its options. */
export type Loss =
  | DescribedBy<
    typeof categoricalCrossEntropy | typeof binaryCrossEntropy | typeof focal | typeof byFrame | typeof contrastive
  >
  | CalledPart<"loss">;

/** A loss and its options; `kind` names it. */
export const lossOptions = losses.schema as z.ZodType<CalledPart<"loss">, Loss>;
