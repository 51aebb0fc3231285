import type { EvaluateOptions, ScoreDifference } from "../evaluation/mod.ts";
import { joinReplicates, scoreDifferences, splitReplicates, subjectIndex } from "../evaluation/mod.ts";
import { countsBy, type Prediction, type Unit } from "../scores/mod.ts";
import { subjectKey } from "../splits/fold.ts";

/** The network's scores less those of each trained floor, by unit and by the floor's name. */
export type FloorDifferences = Partial<Record<Unit, Record<string, ScoreDifference[]>>>;

/**
 * Every score of the network less that of a model that is trained on less (`options.floors`), each with its interval over the
 * same subjects: what makes a subject hard for both cancels out, so that two intervals that overlap may still be told apart.
 */
export function floorDifferences(predictions: readonly Prediction[], options: EvaluateOptions): FloorDifferences {
  const { classes, scores = [], seed, resamples = 2000, floors = {}, ruleOf } = options;
  const result: FloorDifferences = {};
  for (const unit of ["item", "recording", "subject"] as const) {
    const network = joinReplicates(splitReplicates(predictions), { unit, classes, ruleOf });
    if (typeof network === "string") continue;
    const asked = scores.filter((name) => countsBy(name, unit));
    const subjects = subjectIndex(network.flatMap(({ predictions }) => predictions));
    for (const [name, floor] of Object.entries(floors)) {
      const joined = joinReplicates(splitReplicates(floor.predictions), { unit, classes, ruleOf: floor.ruleOf });
      if (typeof joined === "string" || joined.length === 0) continue;
      const both = { classes, asked, subjects, seed, resamples };
      const known = (own: Prediction) => subjects.has(subjectKey(own));
      const shared = joined.map((one) => ({ ...one, predictions: one.predictions.filter(known) }));
      (result[unit] ??= {})[name] = scoreDifferences([[...network], shared], both);
    }
  }
  return result;
}
