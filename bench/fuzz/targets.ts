import { datasetTargets } from "./dataset_targets.ts";
import { runTargets } from "./run_targets.ts";
import { soundTargets } from "./sound_targets.ts";

/** Every reader that is given damaged files. */
export const fuzzTargets = [...soundTargets, ...datasetTargets, ...runTargets];
