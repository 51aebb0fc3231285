import { checkTrainingOptions } from "../../training/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import { checkAugmentations } from "./check_augmentations.ts";
import { checkFineTuned } from "./check_fine_tuned.ts";

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
