import { fitUnitRules } from "../../decision/mod.ts";
import { evaluatePredictions, groupScores } from "../../evaluation/mod.ts";
import { floorDifferences, leakageWarnings, tellSource } from "../../floors/mod.ts";
import type { Run } from "../../runs/mod.ts";
import type { Metrics, PartMetrics, Prediction, Scores } from "../../scores/mod.ts";
import { foldWarnings } from "../../splits/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import { passedOver, recordingGroups } from "../prepare/describe_data.ts";
import type { CacheOptions } from "../prepare/extract_features.ts";
import type { LabelledWindows } from "../prepare/labelled_windows.ts";
import { surveyRows } from "../prepare/listen.ts";
import type { PreparedData } from "../prepare/prepare_data.ts";
import { type EncoderWindows, encoderWindows, trainFloors } from "../train/train_floors.ts";
import { aimsOf, decidePredictions, fitRule } from "./decide_predictions.ts";
import { joinFolds, type SaidOfFold } from "./join_folds.ts";
import { judgePlaces } from "./judge_places.ts";

export interface JudgeRunOptions extends PreparedData, CacheOptions {
  experiment: Experiment;
  /** The dataset's folder or table. */
  data: string;
  windows: LabelledWindows;
  seed: number;
}

/**
 * Fits the decision rules of each fold on its validation part, applies them, and writes `predictions.csv`, `metrics.json` and,
 * where sources are left out, `places.json`.
 */
export async function judgeRun(run: Run, said: readonly SaidOfFold[], options: JudgeRunOptions): Promise<void> {
  const { experiment, manifest: { classes } } = options;
  const aims = aimsOf(experiment, classes);
  const predictions = joinFolds(said).flatMap(({ validation, test }): Prediction[] =>
    decidePredictions([...validation, ...test], fitRule(validation, aims), classes)
  );
  await run.save("predictions", { predictions, classes });
  using encoder = await encoderWindows(experiment.input, options);
  await scoreRun(run, predictions, { ...options, sounds: { ...options, encoder } });
  if (experiment.evaluation.protocol.kind === "leave-one-source-out") {
    const ruleOf = fitUnitRules(predictions.filter(({ part }) => part === "validation"), aims);
    const { parts: { test } } = await run.metrics();
    await run.save("places", judgePlaces(predictions, { ...options, part: test, ruleOf }));
  }
}

export interface ScoreRunOptions extends Pick<JudgeRunOptions, "manifest" | "folds" | "seed" | "leaks"> {
  experiment: Pick<Experiment, "evaluation" | "metadata">;
  /** Of the manifest's rows; without its recordings there are no trained floors. */
  sounds?: Pick<JudgeRunOptions, "windows" | "heard"> & { encoder?: EncoderWindows };
}

/** Writes `metrics.json` and `groups.csv`: scores with intervals and floors of both judged parts, and what they warn of. */
export async function scoreRun(run: Run, predictions: readonly Prediction[], options: ScoreRunOptions): Promise<void> {
  const { experiment, manifest, folds, sounds, seed, leaks } = options;
  const { classes } = manifest, { metadata, evaluation: { scores, interval, resamples, unit } } = experiment;
  const aims = aimsOf(experiment, classes);
  const validation = predictions.filter(({ part }) => part === "validation");
  const test = predictions.filter(({ part }) => part === "test");

  const survey = sounds && surveyRows(manifest.rows, sounds.heard);
  const trained = survey && folds.length > 0
    ? trainFloors({ ...sounds, ...aims, manifest, folds, numbers: { level: survey.level }, metadata })
    : {};
  const floors = Object.fromEntries(
    Object.entries(trained).map((
      [name, said],
    ) => [name, { predictions: said.test, ruleOf: fitUnitRules(said.validation, aims) }]),
  );
  const ruleOf = fitUnitRules(validation, aims);
  const evaluated = { classes, scores, seed, interval, resamples, ruleOf };
  const groups = recordingGroups(manifest.rows);
  const part = {
    ...evaluatePredictions(test, { ...evaluated, floors }),
    groups: groupScores(test, { classes, scores, groups }),
  };
  const suspicions = leakageWarnings({
    ...{ part, unit, named: scores },
    differences: floorDifferences(test, { classes, scores, seed, resamples, floors, ruleOf }),
    sourceTold: survey && tellSource(survey.silence, { rows: manifest.rows, seed }),
  });
  await run.save("groups", groups);
  await run.save("metrics", {
    ...{ version: 1, classes },
    parts: {
      test: part,
      ...validation.length > 0 ? { validation: evaluatePredictions(validation, { ...evaluated, floors: {} }) } : {},
    },
    leaks,
    warnings: [
      ...suspicions,
      ...manifest.warnings ?? [],
      ...sounds?.encoder?.warnings ?? [],
      ...foldWarnings(manifest.rows, folds),
      ...passedOver(manifest),
    ],
  });
}

/** Resamples of the subjects of a single fold, whose interval nobody reads. */
export const FEW = 100;

/** `metrics.json` of what has no class an item: the scores of the test part and of each fold, and a sentence on what they count. */
export function plainMetrics(
  { pooled, each, confusion, note }: {
    pooled: Scores;
    each: readonly Scores[];
    confusion: PartMetrics["confusion"];
    note: string;
  },
  { manifest, folds, leaks }: Pick<PreparedData, "manifest" | "folds" | "leaks">,
): Metrics {
  const byFold = folds.map(({ fold, seed }, i) => ({ fold, seed, scores: each[i] }));
  return {
    ...{ version: 1, classes: confusion.classes },
    parts: { test: { pooled: { item: pooled }, folds: byFold, sources: [], sourceMean: {}, confusion } },
    ...leaks.length > 0 ? { leaks } : {},
    warnings: [note, ...manifest.warnings ?? [], ...passedOver(manifest)],
  };
}
