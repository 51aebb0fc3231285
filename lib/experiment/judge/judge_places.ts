import { joinPredictions, LABELLED, placeScores, placeThresholds, UNLABELLED } from "../../decision/mod.ts";
import type { PlaceThresholds, RuleOf } from "../../decision/mod.ts";
import type { PartMetrics, Prediction, Unit } from "../../scores/mod.ts";
import { quantile } from "../../statistics/mod.ts";
import type { RowFeatures } from "../../floors/mod.ts";
import { openInput } from "../../features/mod.ts";
import type { RunPlaces } from "../../runs/mod.ts";
import { subjectKey } from "../../splits/mod.ts";
import { rowSpectra } from "../prepare/labelled_windows.ts";
import { surveyRows } from "../prepare/listen.ts";
import type { JudgeRunOptions } from "./judge_run.ts";

export type JudgePlacesOptions =
  & Pick<JudgeRunOptions, "experiment" | "manifest" | "windows" | "heard" | "seed">
  & { part: PartMetrics; ruleOf: RuleOf };

/** Loss of mean accuracy from which on a threshold is said to have failed. */
const LOSS = 0.05;

/** What carries over to each source that was left out of training, and what that source differs by from all others. */
export function judgePlaces(predictions: readonly Prediction[], options: JudgePlacesOptions): RunPlaces {
  const { experiment: { input, evaluation: { unit } }, manifest: { rows, classes }, windows, heard, part } = options;
  const { level } = surveyRows(rows, heard);
  const { mean, known } = rowSpectra(windows, rows.length);
  const { bandsHz } = openInput(input);
  const places = part.sources.map(({ source, scores }): RunPlaces["places"][number] => {
    const here = Int32Array.from(rows.keys()).filter((row) => rows[row].source === source);
    const elsewhere = Int32Array.from(rows.keys()).filter((row) => rows[row].source !== source);
    const beside = (of: (some: Int32Array) => number) => ({ here: told(of(here)), elsewhere: told(of(elsewhere)) });
    const spectrumOf = (some: Int32Array) => spectrum(mean, some.filter((row) => known[row] === 1));
    const { units, thresholds } = judgedPlace(predictions, source, options);
    const auc = scores[placeScores.ranking];
    return {
      source,
      subjects: new Set(units.map(subjectKey)).size,
      units: units.length,
      failed: failure(auc?.low ?? null, thresholds),
      thresholds,
      expected: average(units.map(({ probabilities }) => 1 - probabilities[0])),
      differs: {
        prevalence: beside((some) => shareSick(Array.from(some, (row) => rows[row].label), classes)),
        seconds: beside((some) => median(Array.from(some, (row) => rows[row].end - rows[row].start))),
        level: beside((some) => median(Array.from(some, (row) => level[row]).filter(Number.isFinite))),
      },
      spectrum: { here: spectrumOf(here), elsewhere: spectrumOf(elsewhere) },
    };
  });
  return { version: 1, unit, unlabelled: UNLABELLED, labelled: LABELLED, bandsHz, places };
}

/** The units of a place under the first seed, and its thresholds on average over all seeds. */
function judgedPlace(
  predictions: readonly Prediction[],
  source: string,
  { experiment: { evaluation: { unit } }, manifest: { classes }, seed, ruleOf }: JudgePlacesOptions,
): { units: Prediction[]; thresholds: PlaceThresholds } {
  const bySeed = [...Map.groupBy(predictions, ({ seed }) => seed).values()].map((own) => {
    const test = own.filter((one) => one.part === "test" && one.source === source);
    const folds = new Set(test.map(({ fold }) => fold));
    const fitted = own.filter((one) => one.part === "validation" && folds.has(one.fold));
    const units = unitsOf(test, unit, { classes, ruleOf });
    const usual = shareSick(unitsOf(fitted, unit, { classes, ruleOf }).map(({ predicted }) => predicted), classes);
    return { units, thresholds: placeThresholds(units, { classes, usual, seed }) };
  });
  const all = bySeed.map(({ thresholds }) => thresholds);
  const over = (of: (one: PlaceThresholds) => number | null) => told(average(all.map((one) => of(one) ?? NaN)));
  const drawn = (name: "unlabelled" | "labelled" | "half") => ({
    value: over((one) => one[name].value),
    low: over((one) => one[name].low),
    high: over((one) => one[name].high),
  });
  return {
    units: bySeed[0].units,
    thresholds: {
      carried: over(({ carried }) => carried),
      ...{ unlabelled: drawn("unlabelled"), labelled: drawn("labelled"), half: drawn("half") },
    },
  };
}

function unitsOf(
  items: readonly Prediction[],
  unit: Unit,
  context: { classes: readonly string[]; ruleOf: RuleOf },
): Prediction[] {
  const joined = unit === "item" ? [...items] : joinPredictions(items, { unit, ...context });
  return typeof joined === "string" ? [...items] : joined;
}

function failure(lowestAuc: number | null, { carried, half }: PlaceThresholds): RunPlaces["places"][number]["failed"] {
  if (lowestAuc === null || carried === null || half.value === null) return "unknown";
  if (lowestAuc <= 0.5) return "ranking";
  return half.value - carried >= LOSS ? "threshold" : "nothing";
}

function shareSick(labels: readonly string[], [healthy]: readonly string[]): number {
  return average(labels.map((label) => Number(label !== healthy)));
}

function spectrum({ values, width }: RowFeatures, rows: Int32Array): number[] {
  return Array.from({ length: width }, (_, band) => average(Array.from(rows, (row) => values[row * width + band])));
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: number[]): number {
  return quantile(values.sort((a, b) => a - b), 0.5);
}

function told(value: number): number | null {
  return Number.isNaN(value) ? null : value;
}
