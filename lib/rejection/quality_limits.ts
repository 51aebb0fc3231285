import { z } from "zod";
import { integer, number, schemaOf, type Shaped } from "../files/json_shape.ts";

/** Of the recordings that a limit was not set by, how many it lets through. */
const counts = { recordings: integer, accepted: integer };
export const heldOut: z.ZodType<Shaped<typeof counts>> = schemaOf(counts);

/** How poor a recording may be: set by the recordings that a run has, since what experts call poor differs by device. */
const shape = {
  /** What the recordings hold. */
  sound: z.enum(["heart", "lung"]) as z.ZodType<"heart" | "lung">,
  /** A probability of poor quality that a tenth of the training and validation recordings exceed. */
  poor: number,
  /** One that a hundredth of them exceed; 1, which none does, where they are too few to tell. */
  unusable: number,
  /** What is refused of the test recordings, over all folds, each with limits of its own. */
  heldOut: heldOut.optional() as z.ZodOptional<typeof heldOut>,
};
export type QualityLimits = Shaped<typeof shape>;
export const qualityLimits: z.ZodType<QualityLimits> = schemaOf(shape);

/** Share of the recordings beyond each limit. */
const POOR = 0.1, UNUSABLE = 0.01;

/** Limits from `signalQuality`'s probabilities of recordings that the judgement wasn't learned from. */
export function fitQualityLimits(
  probabilities: readonly number[],
  { sound }: Pick<QualityLimits, "sound">,
): QualityLimits {
  const sorted = probabilities.toSorted((a, b) => a - b);
  // The quantile of a new recording among these (split conformal, Vovk et al. 2005).
  const exceededBy = (share: number) => sorted[Math.ceil((1 - share) * (sorted.length + 1)) - 1] ?? 1;
  return { sound, poor: exceededBy(POOR), unusable: exceededBy(UNUSABLE) };
}
