import type { z } from "zod";
import { checked } from "../../errors/mod.ts";
import type { CalledPart, DescribedBy } from "../../parts/mod.ts";
import type { byFrame } from "./by_frame.ts";
import type { contrastive } from "./contrastive.ts";
import type { binaryCrossEntropy, categoricalCrossEntropy, focal } from "./cross_entropy.ts";
import { losses, type LossFunctions } from "./define_loss.ts";

export * from "./cross_entropy.ts";
export * from "./by_frame.ts";
export * from "./contrastive.ts";

/** A loss as it is described in an experiment: by its name, or with its options. */
export type Loss =
  | DescribedBy<
    typeof categoricalCrossEntropy | typeof binaryCrossEntropy | typeof focal | typeof byFrame | typeof contrastive
  >
  | CalledPart<"loss">;

/** A loss and its options; `kind` names it. */
export const lossOptions = losses.schema as z.ZodType<CalledPart<"loss">, Loss>;

/** The functions of a loss and its options with their defaults. */
export function lossOf(loss: Loss): { name: string; definition: LossFunctions; options: never } {
  const { kind, ...options } = checked(lossOptions, loss, { expected: "a loss", where: "training.loss" });
  return { name: kind, definition: losses.find(kind).definition, options: options as never };
}
