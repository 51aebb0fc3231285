import { evaluatePredictions } from "../../evaluation/mod.ts";
import {
  type AskedScore,
  headlineScores,
  type Score,
  scoreKey,
  type Scores,
  scoresByUnit,
  type Unit,
} from "../../scores/mod.ts";
import { judgedUnits, type Run, type RunConfig } from "../../runs/mod.ts";
import { type PairedDifference, type PairedFiles, pairRuns, whyNotPaired } from "../pair_runs.ts";

/** A setting that was trained and judged. */
export interface AblationRun {
  name: string;
  /** Its overrides: `["training.augment.3.probability=0"]`. */
  changes: readonly string[];
  run: Run;
  /** Of the training subjects, where the setting is a point of the learning curve. */
  share?: number;
  /** Whether its networks begin at random where those of the base begin with the weights of a run. */
  random?: boolean;
}

/** What a setting changes. */
export interface AblationResult extends Pick<AblationRun, "name" | "changes"> {
  folder: string;
  difference: PairedDifference;
}

/** The same point of a learning curve from random weights; `gain` is what the weights of a run gave over it. */
export interface RandomPoint {
  score: Score;
  folder: string;
  gain: PairedDifference;
}

/** All settings of an experiment against the experiment itself. */
export interface AblationResults {
  config: RunConfig;
  /** Name of the score that is compared: the first that the experiment names. */
  score: string;
  base: { folder: string; score: Score | null };
  unit: Unit;
  units: number;
  subjects: number;
  /** Whether all scores are means over the sources. */
  overSources: boolean;
  /** Largest effect first. */
  settings: AblationResult[];
  /** Smallest share first, the base last; empty where no share was trained. */
  curve: { share: number; subjects: number; score: Score; folder: string; random?: RandomPoint }[];
  /** Sentences on what stands in no table, and why. */
  apart: string[];
}

/** Compares the runs of settings with that of the base; what judged other items, folds or data is named and left out. */
export async function ablationResults(base: AblationRun, others: readonly AblationRun[]): Promise<AblationResults> {
  const own = await pairedFiles(base.run);
  const read = await Promise.all(others.map(async (of) => ({ of, run: await pairedFiles(of.run) })));
  const paired = pairRuns(own, read.filter(({ of }) => of.share === undefined));
  const points = read.filter(({ of }) => of.share !== undefined).map((one) => ({
    one,
    why: whyNotPaired(own, one.run),
  }));
  const apart = [...paired.apart, ...points.filter(({ why }) => why !== undefined)];
  const { unit, units, subjects, overSources } = paired;
  const config = own.config!, { scores } = config.experiment.evaluation;
  const reached = async (run: Run) => {
    const { pooled = {}, sourceMean = {} } = (await run.metrics()).parts.test ?? {};
    return overSources
      ? { ...await meansOfUnits(run, unit), ...countedBy(unit, sourceMean) }
      : scoresByUnit(pooled, unit);
  };
  const whole = await reached(base.run);
  const score = paired.score || [...scores.map(scoreKey), ...headlineScores].find((name) => name in whole)!;
  const comparable = points.filter(({ one, why }) => why === undefined && !one.of.random).map(({ one: { of } }) => of);
  const fromRandom = async (run: Run, share: number): Promise<RandomPoint | undefined> => {
    const twin = read.find(({ of }) => of.random && (of.share ?? 1) === share);
    const gain = twin && pairRuns(twin.run, [{ run: await pairedFiles(run) }]).compared[0]?.difference;
    return gain && { score: (await reached(twin.of.run))[gain.score], folder: twin.of.run.folder, gain };
  };
  const curve: AblationResults["curve"] = [];
  for (const { run, share = 1 } of comparable.length > 0 ? [...comparable, base] : []) {
    const { [score]: point } = await reached(run);
    const { folds } = await run.splits();
    const trained = Math.round(folds.reduce((sum, { train }) => sum + train.length, 0) / folds.length);
    if (!point || point.value === null) continue;
    const random = await fromRandom(run, share);
    curve.push({ share, subjects: trained, score: point, folder: run.folder, ...random ? { random } : {} });
  }
  return {
    ...{ config, score, unit, units, subjects, overSources },
    base: { folder: base.run.folder, score: whole[score] ?? null },
    settings: paired.compared.map(({ one: { of: { name, changes, run } }, difference }) => ({
      ...{ name, changes, folder: run.folder, difference },
    })),
    curve: curve.toSorted((a, b) => a.share - b.share),
    apart: apart.map(({ one, why }) => `“${one.of.name}” is not held against the base: ${why}.`),
  };
}

/** Means over the sources of what is compared: metrics.json has the general ones by item alone. */
async function meansOfUnits(run: Run, unit: Unit): Promise<Scores> {
  if (unit === "item") return {};
  const judged = await run.predictions(), { classes } = judged;
  const { evaluation } = (await run.config()).experiment;
  const test = judgedUnits(judged, evaluation, unit).predictions.filter(({ part }) => part === "test");
  const { sourceMean } = evaluatePredictions(test, { classes, scores: evaluation.scores as AskedScore[], seed: 0 });
  return Object.fromEntries(Object.entries(sourceMean).map(([name, score]) => [name, { ...score, unit }]));
}

function countedBy(unit: Unit, scores: Scores): Scores {
  return Object.fromEntries(Object.entries(scores).filter(([, score]) => score.unit === unit));
}

async function pairedFiles(run: Run): Promise<PairedFiles> {
  const [config, data, predictions] = await Promise.all([run.config(), run.data(), run.predictions()]);
  return { config, data, predictions, splits: (await run.splits()).folds };
}
