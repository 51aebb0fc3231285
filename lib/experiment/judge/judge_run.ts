import { datasetInfo } from "../../datasets/mod.ts";
import {
  bodySound,
  evaluatePredictions,
  fitUnitRules,
  floorDifferences,
  groupScores,
  leakageWarnings,
  type Metrics,
  type Prediction,
  tellSource,
} from "../../evaluation/mod.ts";
import type { Bundle, Run } from "../../runs/mod.ts";
import type { CacheOptions } from "../prepare/cached_result.ts";
import { dataTitle } from "../describe/data_title.ts";
import { decidePredictions } from "./decide_predictions.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import { readFolds } from "../train/finish_fold.ts";
import { fitRule } from "./fit_rules.ts";
import { foldWarnings } from "../../splits/mod.ts";
import { joinFolds } from "./join_folds.ts";
import { hearRecordings } from "../prepare/hear_recordings.ts";
import type { LabelledWindows } from "../prepare/labelled_windows.ts";
import { passedOver } from "../prepare/passed_over.ts";
import { learnNeighbours } from "../train/learn_neighbours.ts";
import { learnQuality } from "../train/learn_quality.ts";
import type { PreparedData } from "../prepare/prepare_data.ts";
import { recordingGroups } from "../prepare/recording_groups.ts";
import { surveyRows } from "../prepare/survey_rows.ts";
import { trainFloors } from "../train/train_floors.ts";

/** What {@linkcode judgeRun} needs beside the files that the folds left. */
export interface JudgeRunOptions extends PreparedData, CacheOptions {
  experiment: Experiment;
  /** The dataset's folder or table. */
  data: string;
  windows: LabelledWindows;
  seed: number;
  signal?: AbortSignal;
}

/**
 * Fits the decision rules of each fold on its validation part, applies them, and writes `predictions.csv`, `history.csv`,
 * `metrics.json` and the bundle.
 */
export async function judgeRun(run: Run, options: JudgeRunOptions): Promise<void> {
  const { experiment, manifest, folds, windows, seed, leaks } = options;
  const { classes } = manifest;
  const { scores, interval, resamples, decision: aim, aggregation } = experiment.evaluation;
  const finished = await readFolds(run, folds.length);
  const decided = joinFolds(finished).flatMap(({ validation, test }) =>
    decidePredictions([...validation, ...test], fitRule(validation, { classes, aim, aggregation }), classes)
  );
  await run.save("history", finished.flatMap(({ history }) => history));
  await run.save("predictions", { predictions: decided, classes });

  const { level, silence } = await surveyRows(manifest, options);
  const unitRules = (validation: readonly Prediction[]) => fitUnitRules(validation, { classes, aim, aggregation });
  const trained = Object.entries(trainFloors({ manifest, windows, folds, aim, numbers: { level } }));
  const floors = {
    validation: {},
    test: Object.fromEntries(
      trained.map(([name, { validation, test }]) => [name, { predictions: test, ruleOf: unitRules(validation) }]),
    ),
  };
  const ruleOf = unitRules(decided.filter(({ part }) => part === "validation"));
  const metrics: Metrics = {
    version: 1,
    classes,
    parts: {},
    leaks,
    warnings: [...manifest.warnings ?? [], ...foldWarnings(manifest.rows, folds), ...passedOver(manifest)],
  };
  for (const part of ["test", "validation"] as const) {
    const own = decided.filter((one) => one.part === part);
    metrics.parts[part] = evaluatePredictions(own, {
      ...{ classes, scores, seed, interval, resamples },
      floors: floors[part],
      ruleOf,
    });
  }
  const groups = recordingGroups(manifest.rows);
  await run.save("groups", groups);
  const judged = decided.filter(({ part }) => part === "test");
  metrics.parts.test.groups = groupScores(judged, { classes, scores, groups });
  const sourceTold = tellSource(silence, { rows: manifest.rows, seed });
  const differences = floorDifferences(judged, { classes, scores, seed, resamples, floors: floors.test, ruleOf });
  const found = leakageWarnings({
    part: metrics.parts.test,
    unit: experiment.evaluation.unit,
    named: scores,
    differences,
    sourceTold,
  });
  metrics.warnings.unshift(...found);
  await run.save("metrics", metrics);

  const learned = folds[0].train;
  const { input } = experiment;
  const sound = bodySound(experiment.name, { ...datasetInfo(manifest.dataset), input });
  const heard = await hearRecordings({ ...options, input, sound });
  const bundle: Bundle = {
    version: 1,
    name: experiment.name,
    title: experiment.title,
    dataset: manifest.dataset,
    data: dataTitle(experiment.dataset, options.data),
    task: manifest.task,
    classes,
    input,
    frames: windows.frames,
    bands: windows.bands,
    channels: windows.channels,
    members: finished.map(({ member }) => member),
    // All networks together have seen every recording: their rule is fitted on what each says of those that it hasn't.
    decision: fitRule(finished.flatMap(({ predictions }) => predictions), { classes, aim, aggregation }),
    neighbours: learnNeighbours({ manifest, folds, heard }),
    quality: learnQuality({ manifest, folds, heard, sound }),
    trainedOn: Object.fromEntries(
      classes.map((label) => [label, learned.filter((row) => manifest.rows[row].label === label).length]),
    ),
  };
  await run.save("bundle", bundle);
}
