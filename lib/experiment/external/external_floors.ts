import type { Manifest, ManifestRow } from "../../datasets/mod.ts";
import type { RuleOf } from "../../decision/mod.ts";
import type { EvaluateOptions } from "../../evaluation/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import type { Run } from "../../runs/mod.ts";
import { type Fold, rowKey, subjectKey } from "../../splits/mod.ts";
import { type Aims, decidePredictions, fitRules } from "../judge/decide_predictions.ts";
import { experimentSchema } from "../describe/experiment_schema.ts";
import type { CacheOptions } from "../prepare/extract_features.ts";
import type { FinishedFold } from "../finish_fold.ts";
import { meanPredictions } from "../judge/join_folds.ts";
import { joinWindows, type LabelledWindows, openWindows } from "../prepare/labelled_windows.ts";
import { trainingRows } from "../prepare/known_sounds.ts";
import type { Ensemble } from "./ensembles.ts";
import { type Heard, listen, surveyRows } from "../prepare/listen.ts";
import { givesSpectrum, trainFloors } from "../train/train_floors.ts";

/**
 * What models that hear no sound, or hardly look, say of other data than the run's: fitted on the run's training data, as long
 * as these are in its data folder, by the very folds whose networks judge a row, and joined and decided as the networks are.
 *
 * @param options `windows`, `heard`: of the manifest; `sound`: what the run's recordings hold.
 * @returns floors of {@linkcode evaluatePredictions}, or a sentence on why there are none.
 */
export async function externalFloors(
  run: Run,
  options: CacheOptions & {
    manifest: Manifest;
    windows: LabelledWindows;
    heard: Heard;
    sound: "heart" | "lung";
    ensembles: readonly Ensemble[];
    folds: readonly FinishedFold[];
    aims: Aims;
  },
): Promise<{ floors: EvaluateOptions["floors"]; warnings: string[] }> {
  const { manifest, ensembles, folds, aims } = options;
  const { classes } = manifest;
  const { own, missing } = await trainingRows(run, manifest);
  if (own === undefined) return { floors: {}, warnings: [WITHOUT(missing)] };
  const rows = [...own.rows, ...manifest.rows];
  const { experiment } = await run.config();
  const input = experimentSchema.shape.input.parse(experiment.input);
  const metadata = experimentSchema.shape.metadata.parse(experiment.metadata);
  const ownHeard = await listen(own, { ...options, input });
  using ownWindows = await openWindows(own, input, options);
  const windows = joinWindows(ownWindows, options.windows, own.rows.length);
  const levels = [surveyRows(own.rows, ownHeard), surveyRows(manifest.rows, options.heard)];
  const numbers = { level: levels.flatMap(({ level }) => [...level]) };
  const sides = await foldSides(run, { folds, own: own.rows, ensembles });
  if (sides.some(({ train, validation }) => train.length === 0 || validation.length === 0)) {
    const why = `${missing || "these have changed"}: a fold has nothing to learn from`;
    return { floors: {}, warnings: [WITHOUT(why)] };
  }
  const trained = trainFloors({
    ...{ manifest: { ...manifest, rows }, windows, folds: sides, ...aims, numbers, metadata },
    encoder: givesSpectrum(input) ? undefined : {},
  });
  const floors = Object.entries(trained).map(([name, { validation, test }]) => {
    const said = (all: readonly Prediction[], { members }: Ensemble) =>
      members.map((member) => all.filter(({ fold }) => fold === member)).filter((each) => each.length > 0);
    const rules = ensembles.map((ensemble) => fitRules(said(validation, ensemble).flat(), aims));
    const predictions = ensembles.flatMap((ensemble, j) => {
      const wanted = new Set(Array.from(ensemble.rows, (row) => rowKey(manifest.rows[row])));
      const each = said(test, ensemble).map((own) => own.filter((one) => wanted.has(rowKey(one))));
      return decidePredictions(meanPredictions(each), rules[j].rule, classes).map((one) => ({ ...one, fold: j }));
    });
    const ruleOf: RuleOf = (unit, { fold }) => rules[fold].unit(unit);
    return [name, { predictions, ruleOf }] as const;
  });
  return { floors: Object.fromEntries(floors), warnings: missing === "" ? [] : [PARTLY(missing)] };
}

const WITHOUT = (missing: string) =>
  `Floors of models without sound, of the mean spectrum and of a look-up are missing: they are fitted on the run's training ` +
  `data, and ${missing}.`;
const PARTLY = (missing: string) => `Floors were fitted on a part of the run's training data: ${missing}.`;

/** The folds that the networks of the first seed were trained on; their test rows are what their ensembles judge. */
async function foldSides(
  run: Run,
  { folds, own, ensembles }: {
    folds: readonly FinishedFold[];
    own: readonly ManifestRow[];
    ensembles: readonly Ensemble[];
  },
): Promise<Fold[]> {
  const { folds: subjects } = await run.splits();
  return folds.flatMap(({ member: { seed } }, fold) => {
    if (seed !== folds[0].member.seed) return [];
    const of = (names: readonly string[]) => {
      const wanted = new Set(names);
      return Int32Array.from(own.keys()).filter((row) => wanted.has(subjectKey(own[row])));
    };
    const judged = ensembles.filter(({ members }) => members.includes(fold)).flatMap(({ rows }) => [...rows]);
    const test = Int32Array.from(judged.toSorted((a, b) => a - b), (row) => own.length + row);
    const { train, validation } = subjects[fold];
    return [{ fold, seed, shared: [], train: of(train), validation: of(validation), test }];
  });
}
