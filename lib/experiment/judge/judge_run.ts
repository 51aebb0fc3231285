import { fitUnitRules } from "../../decision/mod.ts";
import { type Prediction } from "../../scores/mod.ts";
import type { Run } from "../../runs/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import type { CacheOptions } from "../prepare/cached_result.ts";
import type { LabelledWindows } from "../prepare/labelled_windows.ts";
import type { PreparedData } from "../prepare/prepare_data.ts";
import { decidePredictions } from "./decide_predictions.ts";
import { type Aims, fitRule } from "./fit_rules.ts";
import { joinFolds, type SaidOfFold } from "./join_folds.ts";
import { judgePlaces } from "./judge_places.ts";
import { encoderWindows } from "../train/encoder_windows.ts";
import { scoreRun } from "./score_run.ts";

/** What {@linkcode judgeRun} needs beside what the networks say. */
export interface JudgeRunOptions extends PreparedData, CacheOptions {
  experiment: Experiment;
  /** The dataset's folder or table. */
  data: string;
  windows: LabelledWindows;
  seed: number;
  signal?: AbortSignal;
}

/**
 * Fits the decision rules of each fold on its validation part, applies them, and writes `predictions.csv`, `metrics.json` and,
 * where sources are left out, `places.json`.
 */
export async function judgeRun(run: Run, said: readonly SaidOfFold[], options: JudgeRunOptions): Promise<void> {
  const aims = aimsOf(options);
  const predictions = joinFolds(said).flatMap(({ validation, test }): Prediction[] =>
    decidePredictions([...validation, ...test], fitRule(validation, aims), aims.classes)
  );
  await run.save("predictions", { predictions, classes: aims.classes });
  using encoder = await encoderWindows(options.experiment.input, options);
  await scoreRun(run, predictions, { ...options, sounds: { ...options, encoder } });
  if (options.experiment.evaluation.protocol.kind === "leave-one-source-out") {
    const ruleOf = fitUnitRules(predictions.filter(({ part }) => part === "validation"), aims);
    const { parts: { test } } = await run.metrics();
    await run.save("places", judgePlaces(predictions, { ...options, part: test, ruleOf }));
  }
}

/** What the rules of a run are fitted for. */
export function aimsOf(
  { experiment: { evaluation }, manifest: { classes } }: {
    experiment: Pick<Experiment, "evaluation">;
    manifest: Pick<JudgeRunOptions["manifest"], "classes">;
  },
): Aims & { classes: string[] } {
  const { decision: aim, aggregation, calibration, coverage } = evaluation;
  return { classes, aim, aggregation, calibration, coverage };
}
