import { UsageError } from "../errors/mod.ts";
import { accuracy, balancedAccuracy } from "./accuracy.ts";
import { kappa, mcc } from "./agreement.ts";
import { averageOverClasses, f1, precision, recall, specificity } from "./class_scores.ts";
import type { Statistic } from "./cluster_bootstrap.ts";
import { type Confusion, truthCount } from "./confusion_matrix.ts";
import type { JudgedItems } from "./judged_items.ts";
import { officialScores } from "./official_scores.ts";
import { probabilityScores } from "./probability_statistic.ts";

/** Scores by name, as a function of how often each subject counts. */
export interface ScoreStatistic {
  names: string[];
  statistic: Statistic;
}

/** A score that needs nothing but the confusion. */
interface HardScore {
  names: string[];
  of(confusion: Confusion): number[];
}

/**
 * Every score of the items, as one function of the subjects' weights. Items are first summed up by subject (confusion,
 * calibration bins, losses) or sorted (areas), so that a call costs one pass over the numbers.
 *
 * @param official Names of official scores to compute beside the general ones.
 */
export function scoreStatistic(
  items: JudgedItems,
  { classes, official }: { classes: readonly string[]; official: readonly string[] },
): ScoreStatistic {
  const hard = [...generalScores(classes), ...official.flatMap((name) => officialScore(name, classes))];
  const soft = probabilityScores(items, classes);
  const confusionOf = confusionStatistic(items, classes.length);
  return {
    names: [...hard.flatMap((score) => score.names), ...soft.names],
    statistic(weights) {
      const confusion = confusionOf(weights);
      const values: number[] = [];
      for (const score of hard) for (const value of score.of(confusion)) values.push(value);
      for (const value of Array.from(soft.statistic(weights))) values.push(value);
      return values;
    },
  };
}

/** The scores of a confusion alone, by name: for floors of constant answers. */
export function confusionScores(
  confusion: Confusion,
  { classes, official }: { classes: readonly string[]; official: readonly string[] },
): Map<string, number> {
  const scores = [...generalScores(classes), ...official.flatMap((name) => officialScore(name, classes))];
  return new Map(scores.flatMap(({ names, of }) => {
    const values = of(confusion);
    return names.map((name, i): [string, number] => [name, values[i]]);
  }));
}

/**
 * One score as a function of a confusion: general by its name, or official.
 *
 * @throws {UsageError} for a name that is none, or an official score that the classes don't fit.
 */
export function confusionScore(name: string, classes: readonly string[]): (confusion: Confusion) => number {
  const official = Object.keys(officialScores).filter((key) => name === key || name.startsWith(`${key}/`));
  const scores = [...generalScores(classes), ...official.flatMap((key) => officialScore(key, classes))];
  const score = scores.find(({ names }) => names.includes(name));
  if (score === undefined) {
    throw new UsageError({
      expected: `a score of the answers for the classes ${classes.join(", ")}`,
      found: `"${name}"`,
      where: "the aim of the decision rule",
      remedy: `use one of ${scores.flatMap(({ names }) => names).slice(0, 9).join(", ")}, … or an official score`,
    });
  }
  const at = score.names.indexOf(name);
  return (confusion) => score.of(confusion)[at];
}

function generalScores(classes: readonly string[]): HardScore[] {
  const one = (name: string, of: (confusion: Confusion) => number): HardScore => ({
    names: [name],
    of: (confusion) => [of(confusion)],
  });
  const two = (name: string, of: (confusion: Confusion) => number) =>
    one(name, (confusion) => classesInTruth(confusion) < 2 ? NaN : of(confusion));
  const binary = classes.length === 2
    ? [one("sensitivity", (c) => recall(c, 1)), one("specificity", (c) => specificity(c, 1))]
    : [];
  return [
    one("accuracy", accuracy),
    two("balancedAccuracy", balancedAccuracy),
    two("f1Macro", (c) => averageOverClasses(c, f1, "macro")),
    two("f1Weighted", (c) => averageOverClasses(c, f1, "weighted")),
    two("precisionMacro", (c) => averageOverClasses(c, precision, "macro")),
    two("recallMacro", (c) => averageOverClasses(c, recall, "macro")),
    two("mcc", mcc),
    two("kappa", kappa),
    ...binary,
    ...classes.flatMap((name, c) => [
      one(`recall/${name}`, (confusion) => recall(confusion, c)),
      one(`precision/${name}`, (confusion) => precision(confusion, c)),
      one(`f1/${name}`, (confusion) => truthCount(confusion, c) === 0 ? NaN : f1(confusion, c)),
      one(`specificity/${name}`, (confusion) => specificity(confusion, c)),
    ]),
  ];
}

function officialScore(name: string, classes: readonly string[]): HardScore[] {
  const score = officialScores[name];
  const of = score.over(classes);
  if (typeof of === "string") return [];
  return [{ names: [name, ...score.parts.map((part) => `${name}/${part}`)], of }];
}

function classesInTruth(confusion: Confusion): number {
  let count = 0;
  for (let c = 0; c < confusion.size; c++) count += Number(truthCount(confusion, c) > 0);
  return count;
}

/** The weighted confusion from the few cells that each subject fills. */
function confusionStatistic({ labels, predicted, clusters }: JudgedItems, size: number) {
  const cells = new Map<number, number>();
  labels.forEach((label, i) => {
    const key = (clusters[i] * size + label) * size + predicted[i];
    cells.set(key, (cells.get(key) ?? 0) + 1);
  });
  const keys = Array.from(cells.keys());
  const cluster = Int32Array.from(keys, (key) => Math.floor(key / (size * size)));
  const cell = Int32Array.from(keys, (key) => key % (size * size));
  const count = Float64Array.from(cells.values());
  const counts = new Float64Array(size * size);
  return (weights: Float64Array): Confusion => {
    counts.fill(0);
    for (let i = 0; i < cell.length; i++) counts[cell[i]] += weights[cluster[i]] * count[i];
    return { size, counts };
  };
}
