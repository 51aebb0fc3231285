import { friedman, type FriedmanTest } from "./friedman.ts";
import { judgedItems, subjectIndex } from "./judged_items.ts";
import { lowerIsBetter, type Prediction, type ScoreOptions, scoreStatistic } from "../scores/mod.ts";
import { type ResampledT, resampledT, wilcoxon } from "./comparison_tests.ts";

/** Fewest folds and seeds that the spread of a training is told from. */
export const fewestFolds = 3;

/** What makes an item the same in two runs. */
export function itemKey({ part, recording, start, end, label }: Prediction): string {
  return [part, recording, start, end, label].join("\n");
}

/** What makes a fold the same in two runs. */
export const foldKey = ({ fold, seed }: Prediction) => `${seed}/${fold}`;

/** Tests of a difference over folds and seeds. */
export interface AcrossFolds extends ResampledT {
  /** Of Wilcoxon's signed-rank test, which takes folds as independent; 1 where no fold differs. */
  pRanks: number;
}

/** The corrected resampled t-test of every score, over the folds and seeds in which both runs judged the same items. */
export function acrossFolds(runs: readonly Prediction[][], options: ScoreOptions): Record<string, AcrossFolds> {
  const { names, scores } = foldScores(runs, options);
  if (scores.length < fewestFolds) return {};
  const folds = new Set(runs[0].map(foldKey)).size;
  const tested = runs[0].length / folds, all = new Set(runs[0].map(itemKey)).size;
  const ratio = all > tested ? tested / (all - tested) : 0;
  return Object.fromEntries(names.flatMap((name, i) => {
    const differences = scores.map(([a, b]) => difference(a[i], b[i]));
    if (differences.some(Number.isNaN) || ratio === 0) return [];
    return [[name, { ...resampledT(differences, { ratio }), pRanks: wilcoxon(differences).p }]];
  }));
}

/**
 * Friedman's test of every score of three runs or more, over the folds and seeds in which all judged the same items. Folds
 * of one dataset share most of their training parts, so the test finds differences too easily: what it doesn't find isn't
 * there to be told.
 */
export function rankAcrossFolds(runs: readonly Prediction[][], options: ScoreOptions): Record<string, FriedmanTest> {
  const { names, scores } = foldScores(runs, options);
  if (scores.length < fewestFolds || runs.length < 3) return {};
  return Object.fromEntries(names.flatMap((name, i) => {
    const table = scores.map((own) => own.map((values) => lowerIsBetter(name) ? -values[i] : values[i]));
    return table.flat().some(Number.isNaN) ? [] : [[name, friedman(table)]];
  }));
}

/** 0 where two scores are equal but for the order in which they were summed up. */
function difference(a: number, b: number): number {
  return Math.abs(a - b) <= 1e-12 * Math.max(Math.abs(a), Math.abs(b)) ? 0 : a - b;
}

/** `[folds][runs][scores]` of the folds in which all runs judged the same items. */
function foldScores(runs: readonly Prediction[][], options: ScoreOptions): { names: string[]; scores: number[][][] } {
  const { classes } = options;
  const byFold = runs.map((run) => Map.groupBy(run, foldKey));
  const common = [...byFold[0].keys()].filter((key) =>
    byFold.every((own) => own.has(key) && sameItems(byFold[0].get(key)!, own.get(key)!))
  );
  let names: string[] = [];
  const scores = common.map((key) =>
    byFold.map((folds) => {
      const predictions = folds.get(key)!, subjects = subjectIndex(predictions);
      const score = scoreStatistic(judgedItems(predictions, { classes, subjects }), options);
      names = score.names;
      return Array.from(score.statistic(new Float64Array(subjects.size).fill(1)));
    })
  );
  return { names, scores };
}

function sameItems(a: readonly Prediction[], b: readonly Prediction[]): boolean {
  const keys = new Set(a.map(itemKey));
  return a.length === b.length && b.every((one) => keys.has(itemKey(one)));
}
