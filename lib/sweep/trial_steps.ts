import type { Experiment } from "../experiment/mod.ts";
import type { Protocol } from "../splits/mod.ts";
import { sweepProtocol } from "./sweep_protocol.ts";

/** Reports that a trial makes when it is trained to the end: an epoch each, through all of its folds. */
export function trialSteps({ training, evaluation, space }: Experiment): number {
  const searched = space["training.epochs"];
  const epochs = searched?.kind === "int" ? searched.high : training.epochs;
  return epochs * trialFolds(evaluation.protocol);
}

/** Networks that a trial trains, one a fold and seed. */
export function trialFolds(protocol: Protocol): number {
  const shared = sweepProtocol(protocol);
  return ((shared.kind === "hold-out" && shared.inner) || 1) * (shared.seeds?.length ?? 1);
}
