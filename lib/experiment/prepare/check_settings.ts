import { UsageError } from "../../errors/mod.ts";
import { type EncoderOptions, openInput, soundViews } from "../../features/mod.ts";
import { augmentations, checkTrainingOptions } from "../../training/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";

/**
 * Says what of an experiment doesn't go together, before anything is heard.
 *
 * @throws {UsageError}
 */
export function checkSettings(experiment: Experiment): void {
  checkTrainingOptions(experiment.training);
  checkFineTuned(experiment);
  checkAugmentations(experiment);
}

/** What of an encoder decides what its layers hear. */
const EARS = ["sha256", "sampleRate", "playbackRate", "input", "normalisation"] as const;

/** Refuses an encoder that goes on learning and is described otherwise than the one whose frames it hears. */
export function checkFineTuned({ model, input }: Pick<Experiment, "model" | "input">): void {
  if (model.kind !== "fineTuned" || !("kind" in input) || input.kind !== "encoder") return;
  const { encoder } = model as unknown as { encoder: EncoderOptions };
  const heard = input as unknown as EncoderOptions;
  const refuse = (expected: string, found: string) => {
    throw new UsageError({ expected, found, where: "input", remedy: "describe the encoder alike in input and model" });
  };
  if (heard.gives !== "frames") refuse('the frames of the encoder (gives: "frames")', `its ${heard.gives}`);
  for (const key of EARS) {
    const [here, there] = [heard, encoder].map((one) => JSON.stringify(one[key]));
    if (here !== there) refuse(`${key} ${there}, as in model.encoder`, here);
  }
}

/** Refuses an augmentation, or a way to hear items else, that means nothing on what the network hears. */
export function checkAugmentations(
  { training, input, evaluation: { average } }: Pick<Experiment, "training" | "input" | "evaluation">,
): void {
  if (average) soundViews(input, average);
  for (const { kind } of training.augment) {
    const { needs } = augmentations.find(kind).definition;
    if (needs === undefined) continue;
    const { bandsHz, spectrum, options } = openInput(input);
    if (needs === "frequencies" ? bandsHz.length > 0 : spectrum) continue;
    const expected = needs === "frequencies"
      ? `an input whose bands are frequencies, for the augmentation ${kind}`
      : `an input whose values are levels by frequency (log-mel that isn't stretched, gammatone), for the augmentation ${kind}`;
    const found = `the input "${(options as { kind: string }).kind}"`;
    const remedy = "leave it out, or hear by another input";
    throw new UsageError({ expected, found, where: "training.augment", remedy });
  }
}
