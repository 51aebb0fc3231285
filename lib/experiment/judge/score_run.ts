import { evaluatePredictions, groupScores } from "../../evaluation/mod.ts";
import { fitUnitRules } from "../../decision/mod.ts";
import { floorDifferences, leakageWarnings, tellSource } from "../../floors/mod.ts";
import { type Metrics, type Prediction } from "../../scores/mod.ts";
import type { Run } from "../../runs/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import { foldWarnings } from "../../splits/mod.ts";
import { passedOver } from "../prepare/passed_over.ts";
import { recordingGroups } from "../prepare/recording_groups.ts";
import { surveyRows } from "../prepare/listen.ts";
import type { EncoderWindows } from "../train/encoder_windows.ts";
import { trainFloors } from "../train/train_floors.ts";
import { aimsOf, type JudgeRunOptions } from "./judge_run.ts";

/** What {@linkcode scoreRun} needs beside the predictions. */
export interface ScoreRunOptions extends Pick<JudgeRunOptions, "manifest" | "folds" | "seed" | "leaks"> {
  experiment: Pick<Experiment, "evaluation" | "metadata">;
  /** Of the manifest's rows; without its recordings there are no trained floors. */
  sounds?: Pick<JudgeRunOptions, "windows" | "heard"> & { encoder?: EncoderWindows };
}

/** Writes `metrics.json` and `groups.csv`: scores with intervals and floors of both judged parts, and what they warn of. */
export async function scoreRun(run: Run, predictions: readonly Prediction[], options: ScoreRunOptions): Promise<void> {
  const { experiment, manifest, folds, sounds, seed, leaks } = options;
  const { classes } = manifest;
  const { metadata } = experiment, { scores, interval, resamples, unit } = experiment.evaluation;
  const aims = aimsOf(options);
  const validation = predictions.filter(({ part }) => part === "validation");
  const test = predictions.filter(({ part }) => part === "test");

  const survey = sounds && surveyRows(manifest.rows, sounds.heard);
  const numbers = { level: survey?.level ?? [] };
  const trained = sounds && folds.length > 0
    ? Object.entries(
      trainFloors({
        manifest,
        windows: sounds.windows,
        encoder: sounds.encoder,
        folds,
        aim: aims.aim,
        numbers,
        metadata,
      }),
    )
    : [];
  const floors = Object.fromEntries(
    trained.map(([name, said]) => [name, { predictions: said.test, ruleOf: fitUnitRules(said.validation, aims) }]),
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
  const metrics: Metrics = {
    version: 1,
    classes,
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
  };
  await run.save("groups", groups);
  await run.save("metrics", metrics);
}
