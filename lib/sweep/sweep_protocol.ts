import type { Experiment } from "../experiment/mod.ts";
import type { Protocol } from "../splits/mod.ts";

/**
 * How the subjects are divided while settings are tried: one outer test part that stays closed for every trial, and inner
 * folds of the rest that are scored. Folds of which each is tested once have no such part: a subject that one fold tests
 * would help to choose the setting in another (Cawley and Talbot 2010), so the share of one fold is held out for good.
 */
export function sweepProtocol(protocol: Protocol): Protocol {
  const { seeds } = protocol;
  switch (protocol.kind) {
    case "hold-out":
    case "official":
      return protocol;
    case "grouped-folds":
    case "nested": {
      const { folds = 5 } = protocol;
      const inner = protocol.kind === "nested" ? protocol.inner ?? 4 : folds;
      return { kind: "hold-out", test: 1 / folds, inner, ...(seeds ? { seeds } : {}) };
    }
    case "leave-one-source-out":
      return { kind: "hold-out", test: 0.2, inner: 5, ...(seeds ? { seeds } : {}) };
  }
}

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
