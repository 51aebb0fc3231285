import {
  compareRuns,
  headlineScores,
  type Prediction,
  type Score,
  type ScoreDifference,
  scoreKey,
  scoresByUnit,
} from "../../evaluation/mod.ts";
import type { Run, RunConfig } from "../../runs/mod.ts";
import { rowKey } from "../../splits/mod.ts";
import { holm } from "../../statistics/mod.ts";

/** A setting that was trained and judged. */
export interface AblationRun {
  name: string;
  /** Its overrides: `["training.augment.3.probability=0"]`. */
  changes: readonly string[];
  run: Run;
  /** Of the training subjects, where the setting is a point of the learning curve. */
  share?: number;
}

/** What a setting changes. */
export interface AblationResult extends Pick<AblationRun, "name" | "changes"> {
  folder: string;
  /** Its score less the base's, paired by subject; `p` as one test and, by Holm, as one of all. */
  difference: ScoreDifference & { pHolm: number | null };
}

/** All settings of an experiment against the experiment itself. */
export interface AblationResults {
  config: RunConfig;
  /** Name of the score that is compared: the first that the experiment names. */
  score: string;
  base: { folder: string; score: Score | null };
  items: number;
  subjects: number;
  /** Largest effect first. */
  settings: AblationResult[];
  /** Smallest share first, the base last; empty where no share was trained. */
  curve: { share: number; subjects: number; score: Score; folder: string }[];
  /** Sentences on what stands in no table, and why. */
  apart: string[];
}

/** Compares the runs of settings with that of the base; what judged other items, folds or data is named and left out. */
export async function ablationResults(base: AblationRun, others: readonly AblationRun[]): Promise<AblationResults> {
  const config = await base.run.config();
  const { predictions: said, classes } = await base.run.predictions();
  const own = judged(said);
  const { scores: asked } = config.experiment.evaluation;
  const compared: AblationResult[] = [], curve: AblationResults["curve"] = [], apart: string[] = [];
  let items = 0, subjects = 0, score = "";
  for (const { name, changes, run, share } of others) {
    const theirs = judged((await run.predictions()).predictions);
    const why = await whyNotPaired(base.run, run, { own, theirs });
    if (why !== undefined) {
      apart.push(`“${name}” is not held against the base: ${why}.`);
      continue;
    }
    const comparison = compareRuns(theirs, own, { classes, scores: asked });
    const names = [...asked.map(scoreKey), ...headlineScores];
    score ||= names.find((key) => comparison.differences.some((one) => one.score === key)) ?? "";
    ({ items, subjects } = comparison);
    const difference = comparison.differences.find((one) => one.score === score);
    if (share !== undefined) curve.push(...await curvePoint({ run, share, score, config }));
    else if (difference) {
      compared.push({ name, changes, folder: run.folder, difference: { ...difference, pHolm: null } });
    }
  }
  score ||= headlineScores[0];
  const tested = compared.filter(({ difference }) => difference.p !== null);
  const corrected = holm(tested.map(({ difference }) => difference.p!));
  tested.forEach(({ difference }, i) => difference.pHolm = corrected[i]);
  const whole = await curvePoint({ run: base.run, share: 1, score, config });
  return {
    ...{ config, score, items, subjects, apart },
    base: { folder: base.run.folder, score: whole[0]?.score ?? null },
    settings: compared.toSorted((a, b) => Math.abs(b.difference.difference) - Math.abs(a.difference.difference)),
    curve: curve.length === 0 ? [] : [...curve, ...whole].toSorted((a, b) => a.share - b.share),
  };
}

function judged(predictions: readonly Prediction[]): Prediction[] {
  return predictions.filter(({ part }) => part !== "validation");
}

/** What forbids to pair two runs by subject, in words; nothing where nothing does. */
async function whyNotPaired(
  base: Run,
  other: Run,
  { own, theirs }: { own: readonly Prediction[]; theirs: readonly Prediction[] },
): Promise<string | undefined> {
  const fingerprint = async (run: Run) => (await run.environment()).dataset.fingerprint;
  if (await fingerprint(base) !== await fingerprint(other)) {
    return "it was made of other data (environment.json: fingerprint)";
  }
  const folds = async (run: Run) =>
    JSON.stringify((await run.splits()).folds.map(({ fold, seed, test }) => [fold, seed, test]));
  if (await folds(base) !== await folds(other)) return "its folds or seeds are others (splits.json)";
  const items = (of: readonly Prediction[]) => new Set(of.map(rowKey));
  const [a, b] = [items(own), items(theirs)];
  if (a.symmetricDifference(b).size === 0) return undefined;
  return `it judged other items (${a.difference(b).size} of the base are missing, ${
    b.difference(a).size
  } are its own alone)`;
}

async function curvePoint(
  { run, share, score: name, config }: { run: Run; share: number; score: string; config: RunConfig },
): Promise<AblationResults["curve"]> {
  const { parts } = await run.metrics();
  const score = scoresByUnit(parts.test?.pooled ?? {}, config.experiment.evaluation.unit)[name];
  const { folds } = await run.splits();
  const subjects = Math.round(folds.reduce((sum, { train }) => sum + train.length, 0) / folds.length);
  return score === undefined || score.value === null ? [] : [{ share, subjects, score, folder: run.folder }];
}
