import type { AggregationAim, DecisionAim, Prediction } from "../../evaluation/mod.ts";
import type { Run } from "../../runs/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import type { CacheOptions } from "../prepare/cached_result.ts";
import type { LabelledWindows } from "../prepare/labelled_windows.ts";
import type { PreparedData } from "../prepare/prepare_data.ts";
import { readFolds } from "../finish_fold.ts";
import { bundleRun } from "./bundle_run.ts";
import { decidePredictions } from "./decide_predictions.ts";
import { fitRule } from "./fit_rules.ts";
import { joinFolds } from "./join_folds.ts";
import { encoderWindows } from "../train/encoder_windows.ts";
import { scoreRun } from "./score_run.ts";

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
  const finished = await readFolds(run, options.folds.length);
  const aims = aimsOf(options);
  const predictions = joinFolds(finished).flatMap(({ validation, test }): Prediction[] =>
    decidePredictions([...validation, ...test], fitRule(validation, aims), aims.classes)
  );
  await run.save("history", finished.flatMap(({ history }) => history));
  await run.save("predictions", { predictions, classes: aims.classes });
  using encoder = await encoderWindows(options.experiment.input, options);
  await scoreRun(run, predictions, { ...options, sounds: { ...options, encoder } });
  await bundleRun(run, finished, options);
}

/** What the rules of a run are fitted for. */
export function aimsOf(
  { experiment: { evaluation }, manifest: { classes } }: {
    experiment: Pick<Experiment, "evaluation">;
    manifest: Pick<JudgeRunOptions["manifest"], "classes">;
  },
): { classes: string[]; aim: DecisionAim; aggregation: AggregationAim } {
  return { classes, aim: evaluation.decision, aggregation: evaluation.aggregation };
}
