import { compareRuns, type ScoreDifference } from "../evaluation/mod.ts";
import { type JudgedUnits, judgedUnits, ranExperiment, unitOfRun } from "../runs/mod.ts";
import { headlineScores, lowerIsBetter, scoreKey, scoreName, type Unit } from "../scores/mod.ts";
import { rowKey } from "../splits/mod.ts";
import { holm } from "../statistics/mod.ts";
import type { RunFiles } from "./read_run_files.ts";

/** What of a run's files says whether it may be paired with another, and what it answered. */
export type PairedFiles = Pick<RunFiles, "config" | "data" | "splits" | "predictions">;

/** A run's score less the base's, paired by subject; `p` as one test and, by Holm, as one of all that have one. */
export type PairedDifference = ScoreDifference & { pHolm: number | null };

/** Runs against a base, on what all of them judged. */
export interface PairedRuns<T> {
  /** The first score that the base's experiment names and both have, else a general one; `""` where nothing is compared. */
  score: string;
  /** What is counted as one, as the scores of the base count it. */
  unit: Unit;
  units: number;
  subjects: number;
  /** Whether the mean over the sources is compared: each was left out once, and what tells them apart is no merit. */
  overSources: boolean;
  /** Largest effect first. */
  compared: { one: T; difference: PairedDifference }[];
  /** What may not be held against the base, and why. */
  apart: { one: T; why: string }[];
}

/**
 * Holds runs against a base that judged the same items of the same data, left out in the same folds. Holm's correction is for the
 * comparisons that have a p, and for no others.
 */
export function pairRuns<T extends { run: PairedFiles }>(base: PairedFiles, others: readonly T[]): PairedRuns<T> {
  const evaluation = evaluationOf(base), own = unitsOf(base, unitOfRun(evaluation));
  const { scores, protocol } = evaluation;
  const overSources = protocol?.kind === "leave-one-source-out";
  const wanted = [...scores.map(scoreKey), ...headlineScores];
  const paired: PairedRuns<T> = {
    score: "",
    units: 0,
    subjects: 0,
    unit: own.unit,
    overSources,
    compared: [],
    apart: [],
  };
  for (const one of others) {
    const why = whyNotPaired(base, one.run);
    if (why !== undefined) {
      paired.apart.push({ one, why });
      continue;
    }
    const { classes } = base.predictions!, { predictions } = unitsOf(one.run, own.unit);
    const comparison = compareRuns(predictions, own.predictions, { classes, scores });
    const { items: units, subjects } = comparison, differences = comparison[overSources ? "sourceMean" : "differences"];
    paired.score ||= wanted.find((name) => differences.some(({ score }) => score === name)) ?? "";
    const difference = differences.find(({ score }) => score === paired.score);
    if (difference) paired.compared.push({ one, difference: { ...difference, pHolm: null } });
    else paired.apart.push({ one, why: `it has no ${paired.score}` });
    Object.assign(paired, { units, subjects });
  }
  const tested = paired.compared.filter(({ difference }) => difference.p !== null);
  const corrected = holm(tested.map(({ difference }) => difference.p!));
  tested.forEach(({ difference }, i) => difference.pHolm = corrected[i]);
  paired.compared.sort((a, b) => Math.abs(b.difference.difference) - Math.abs(a.difference.difference));
  return paired;
}

/** The name of what is compared: `"MAcc, mean over the sources"`, `"CirCor outcome cost (lower is better)"`. */
export function comparedScoreName({ score, overSources }: { score: string; overSources: boolean }): string {
  const name = `${scoreName(score).name}${overSources ? ", mean over the sources" : ""}`;
  return lowerIsBetter(score) ? `${name} (lower is better)` : name;
}

/** The first of what forbids to pair two runs by subject, in words; nothing where nothing does. */
export function whyNotPaired(base: PairedFiles, other: PairedFiles): string | undefined {
  if (!base.predictions || !other.predictions) return "predictions.csv of one is missing";
  if (base.predictions.classes.join("\n") !== other.predictions.classes.join("\n")) return "their classes differ";
  // What another program was trained on, and left out, isn't known here: that it judged the same items has to do.
  if (!base.config?.imported && !other.config?.imported) {
    if (!base.data || !other.data) return "data.json of one is missing";
    if (base.data.fingerprint !== other.data.fingerprint) return "they saw other data (data.json: fingerprint)";
    if (foldsOf(base) !== foldsOf(other)) return "their folds differ (splits.json)";
  }
  const [a, b] = [base, other].map((run) => new Set(unitsOf(run, "item").predictions.map(rowKey)));
  if (a.symmetricDifference(b).size === 0) return undefined;
  return `they judged other items (predictions.csv: ${a.difference(b).size} are only in the one, ${
    b.difference(a).size
  } only in the other)`;
}

function evaluationOf({ config }: PairedFiles) {
  return (config?.experiment ?? ranExperiment.parse({})).evaluation;
}

function unitsOf(run: PairedFiles, unit: Unit): JudgedUnits {
  return run.predictions ? judgedUnits(run.predictions, evaluationOf(run), unit) : { unit, predictions: [] };
}

/** Who is left out in each fold. Seeds of the training divide nobody, and a share of the training subjects leaves out the same. */
function foldsOf({ splits }: PairedFiles): string {
  const leftOut = (splits ?? []).map(({ validation, test }) => JSON.stringify({ validation, test }));
  return JSON.stringify([...new Set(leftOut)]);
}
