import { UsageError } from "../../errors/mod.ts";
import { openInput, soundViews } from "../../features/mod.ts";
import { augmentations } from "../../training/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";

/**
 * Says before anything is heard where an augmentation, or a way to hear items else, means nothing on what the network hears.
 *
 * @throws {UsageError}
 */
export function checkAugmentations(
  { training, input, evaluation: { average } }: Pick<Experiment, "training" | "input" | "evaluation">,
): void {
  if (average) soundViews(input, average);
  for (const { kind } of training.augment) {
    const { needs } = augmentations.find(kind).definition;
    if (needs === undefined) continue;
    const { bandsHz, spectrum, options } = openInput(input);
    if (needs === "frequencies" ? bandsHz.length > 0 : spectrum) continue;
    throw new UsageError({
      expected: needs === "frequencies"
        ? `an input whose bands are frequencies, for the augmentation ${kind}`
        : `an input whose values are levels by frequency (log-mel that isn't stretched, gammatone), for the augmentation ${kind}`,
      found: `the input "${(options as { kind: string }).kind}"`,
      where: "training.augment",
      remedy: "leave it out, or hear by another input",
    });
  }
}
