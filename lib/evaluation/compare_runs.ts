import { InputError } from "../errors/mod.ts";
import { type AcrossFolds, acrossFolds, fewestFolds, foldKey, itemKey } from "./across_folds.ts";
import type { Prediction } from "../scores/mod.ts";
import { delong, type DelongTest, mcnemar, type McnemarTest } from "./comparison_tests.ts";
import type { EvaluateOptions } from "./evaluate_predictions.ts";
import { splitReplicates, subjectIndex } from "./judged_items.ts";
import { type ScoreDifference, scoreDifferences, sourceMeanDifferences } from "./score_differences.ts";
import { fewestSubjects } from "./score_interval.ts";
import { fitsItems } from "./score_replicates.ts";

/** All that is known of the difference between two runs. */
export interface RunComparison {
  /** Items that both runs judged. */
  items: number;
  subjects: number;
  differences: ScoreDifference[];
  /** The same of the mean over the sources, each of which has the same say; empty where all is of one source. */
  sourceMean: ScoreDifference[];
  /** Of the first seed. It takes items as independent. */
  mcnemar: McnemarTest;
  /** Of the first seed, for two classes that both occur. It takes items as independent. */
  delong: DelongTest | null;
  /** By score, over folds and seeds that both runs have; empty where there are fewer than three. */
  acrossFolds: Record<string, AcrossFolds>;
  /** Sentences on what can't be told. */
  warnings: string[];
}

/**
 * Compares two runs on the items that both judged: the same subjects are left out of both, so that what makes a subject hard
 * for both cancels out. Seeds are averaged within each run; a score that counts recordings or subjects is compared only where items
 * are one each. Intervals are those of {@linkcode differenceInterval}.
 *
 * @throws {InputError} where the runs have no item in common.
 */
export function compareRuns(
  first: readonly Prediction[],
  second: readonly Prediction[],
  { classes, scores = [] }: Pick<EvaluateOptions, "classes" | "scores">,
): RunComparison {
  const common = new Set(first.map(itemKey)).intersection(new Set(second.map(itemKey)));
  if (common.size === 0) throw new InputError({ expected: "items that both runs judged", found: "none in common" });
  const kept = [first, second].map((run) => run.filter((one) => common.has(itemKey(one))));
  const subjects = subjectIndex(kept.flat());
  const runs = kept.map((run) => splitReplicates(run));
  const asked = scores.filter((score) => runs.flat().every((replicate) => fitsItems(score, replicate)));
  const [a, b] = runs.map(([{ predictions }]) => new Map(predictions.map((one) => [itemKey(one), one])));
  const pairs = [...a].flatMap(([key, one]) => b.has(key) ? [[one, b.get(key)!] as const] : []);
  const right = (one: Prediction) => one.predicted === one.label;
  const positives = pairs.map(([one]) => classes.indexOf(one.label));
  return {
    items: common.size,
    subjects: subjects.size,
    differences: scoreDifferences(runs, { classes, asked, subjects }),
    sourceMean: sourceMeanDifferences(runs, { classes, asked }),
    mcnemar: mcnemar(
      pairs.filter(([x, y]) => right(x) && !right(y)).length,
      pairs.filter(([x, y]) => !right(x) && right(y)).length,
    ),
    delong: classes.length === 2 && new Set(positives).size === 2
      ? delong(positives, pairs.map(([one]) => one.probabilities[1]), pairs.map(([, one]) => one.probabilities[1]))
      : null,
    acrossFolds: acrossFolds(kept, { classes, asked }),
    warnings: warningsOf([first, second], { common, subjects: subjects.size, pairs: pairs.length, kept }),
  };
}

function warningsOf(
  runs: readonly (readonly Prediction[])[],
  { common, subjects, pairs, kept }: {
    common: Set<string>;
    subjects: number;
    pairs: number;
    kept: readonly Prediction[][];
  },
): string[] {
  const alone = runs.map((run) => new Set(run.map(itemKey).filter((key) => !common.has(key))).size);
  const folds = new Set(kept[0].map(foldKey)).size;
  return [
    alone[0] + alone[1] > 0 &&
    `${alone[0]} items of the first run and ${alone[1]} of the second are left out: the other run did not judge them.`,
    subjects < fewestSubjects && `${subjects} subjects are too few to tell a difference from chance.`,
    folds < fewestFolds && `${folds === 1 ? "One fold" : `${folds} folds`} can't tell how much the training varies.`,
    subjects < pairs &&
    "McNemar's and DeLong's test take items as independent, but subjects have several: trust the intervals over subjects.",
  ].filter((sentence) => sentence !== false);
}
