import { signalQualityLimits } from "../../audio/mod.ts";
import { fitQualityLimits, type QualityLimits } from "../../rejection/mod.ts";
import { type LearnRefusalOptions, testedOnce } from "./learn_neighbours.ts";

/**
 * How poor a recording may be, by the training and validation recordings of the first fold: the judgement is learned from
 * none of them, and on another device than the experts' half of all recordings may look poor. How many test recordings pass
 * is counted in every fold, with limits of its own.
 */
export function learnQuality(
  { manifest: { rows }, folds, descriptions, sound }: LearnRefusalOptions & Pick<QualityLimits, "sound">,
): QualityLimits {
  const recordings = (side: Iterable<number>) =>
    [...new Set(Array.from(side, (row) => rows[row].recording))].flatMap((name) => descriptions.get(name) ?? []);
  const heldOut = { recordings: 0, accepted: 0 };
  let first: QualityLimits | undefined;
  for (const { train, validation, test } of testedOnce(folds)) {
    const sane = recordings([...train, ...validation]).filter(({ faulty }) => !faulty);
    const fitted = fitQualityLimits(sane.map(({ poor }) => poor), { sound });
    const limit = Math.max(signalQualityLimits(sound).unusable, fitted.unusable);
    for (const { poor, faulty } of recordings(test)) {
      heldOut.recordings++;
      if (!faulty && poor <= limit) heldOut.accepted++;
    }
    first ??= fitted;
  }
  return { ...first!, heldOut };
}
