import { z } from "zod";

/** How poor a recording may be: set by the recordings that a run has, since what experts call poor differs by device. */
export const qualityLimits = z.strictObject({
  /** What the recordings hold. */
  sound: z.enum(["heart", "lung"]),
  /** A probability of poor quality that a tenth of the training and validation recordings exceed. */
  poor: z.number(),
  /** One that a hundredth of them exceed; 1, which none does, where they are too few to tell. */
  unusable: z.number(),
  /** What is refused of the test recordings, over all folds, each with limits of its own. */
  heldOut: z.strictObject({ recordings: z.int(), accepted: z.int() }).optional(),
});

/** Fitted limits. */
export type QualityLimits = z.infer<typeof qualityLimits>;

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
