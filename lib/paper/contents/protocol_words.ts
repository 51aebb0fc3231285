import type { RunConfig } from "../../runs/mod.ts";
import { protocol } from "../../splits/mod.ts";

/** How subjects were divided, as part of a sentence; empty where the run doesn't say. */
export function protocolWords({ experiment }: Pick<RunConfig, "experiment">): string {
  const { data } = protocol.safeParse(experiment.evaluation.protocol);
  switch (data?.kind) {
    case "hold-out":
      return `hold-out: a share of ${data.test} of the subjects is the test part, ${heldOut(data.validation)}` +
        (data.inner === undefined ? "" : `, in ${data.inner} inner folds`);
    case "grouped-folds":
      return `${data.folds} folds by subject${data.repeats > 1 ? `, ${data.repeats} times` : ""}, ` +
        heldOut(data.validation);
    case "nested":
      return `${data.folds} outer folds by subject, each with ${data.inner} inner folds`;
    case "leave-one-source-out":
      return "each source is the test part once, " +
        (data.inner ? "each of the others in turn the validation part" : heldOut(data.validation));
    case "official":
      return `the split of the dataset's authors: trained on ${data.train.join(", ")}, tested on ${
        data.test.join(", ")
      }, ${heldOut(data.validation)}; subjects on both sides: ${data.sharedSubjects}`;
    default:
      return "";
  }
}

function heldOut(validation: number): string {
  return `a share of ${validation} of the rest is the validation part`;
}
