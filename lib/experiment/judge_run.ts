import type { Manifest } from "../datasets/mod.ts";
import {
  type DecisionRule,
  evaluatePredictions,
  fitDecision,
  fitNovelty,
  leakageWarnings,
  type Metrics,
  type Novelty,
  type Prediction,
  spectrumProfile,
} from "../evaluation/mod.ts";
import { type Bundle, formatPredictions, type Run } from "../runs/mod.ts";
import type { Fold } from "../splits/mod.ts";
import { decidePredictions } from "./decide_predictions.ts";
import type { Experiment } from "./experiment_schema.ts";
import { formatHistory, readFolds } from "./finish_fold.ts";
import type { LabelledWindows } from "./labelled_windows.ts";
import { trainFloors } from "./train_floors.ts";

/** What {@linkcode judgeRun} needs beside the files that the folds left. */
export interface JudgeRunOptions {
  experiment: Experiment;
  manifest: Manifest;
  folds: Fold[];
  windows: LabelledWindows;
  seed: number;
}

/**
 * Fits the decision rule of each fold on its validation part, applies it, and writes `predictions.csv`, `history.csv`,
 * `metrics.json` and the bundle.
 */
export async function judgeRun(run: Run, options: JudgeRunOptions): Promise<void> {
  const { experiment, manifest, folds, windows, seed } = options;
  const { classes } = manifest;
  const { members, history, predictions } = await readFolds(run, folds.length);
  const byFold = [...Map.groupBy(predictions, (one) => `${one.seed}/${one.fold}`).values()];
  const decided = byFold.flatMap((own) => decidePredictions(own, fitRule(own, options), classes));
  await run.write("history.csv", formatHistory(history));
  await run.write("predictions.csv", formatPredictions(decided, classes));

  const { scores, resamples, decision: aim } = experiment.evaluation;
  const floors = { test: trainFloors({ manifest, windows, folds, aim }), validation: {} };
  const metrics: Metrics = { version: 1, classes, parts: {}, warnings: [...manifest.warnings ?? []] };
  for (const part of ["test", "validation"] as const) {
    const own = decided.filter((one) => one.part === part);
    metrics.parts[part] = evaluatePredictions(own, { classes, scores, seed, resamples, floors: floors[part] });
  }
  metrics.warnings.push(...leakageWarnings({ part: metrics.parts.test }));
  await run.writeJson("metrics.json", metrics);

  const trained = folds[0].train;
  const bundle: Bundle = {
    version: 1,
    name: experiment.name,
    title: experiment.title,
    dataset: manifest.dataset,
    task: manifest.task,
    classes,
    input: experiment.input,
    frames: windows.frames,
    nMels: windows.nMels,
    members,
    // The bundle averages all networks, so its rule is fitted on what each said of its own validation part.
    decision: fitRule(predictions, options),
    novelty: learnNovelty(folds[0], windows),
    trainedOn: Object.fromEntries(
      classes.map((label) => [label, trained.filter((row) => manifest.rows[row].label === label).length]),
    ),
  };
  await run.writeJson("model/bundle.json", bundle);
}

/** Windows that the measure of novelty is learned from, at most. */
const PROFILES = 3000;

/** What the training recordings of a fold look like, and how far those of its validation part lie from them. */
function learnNovelty({ train, validation }: Fold, windows: LabelledWindows): Novelty {
  const { frames, nMels } = windows;
  const profiles = (rows: Int32Array) => {
    const own = windows.of(rows);
    const step = Math.ceil(own.length / PROFILES);
    return Array.from(own.filter((_, i) => i % step === 0), (window) => {
      const logMel = new Float32Array(frames * nMels);
      windows.read(window, logMel, 0);
      return spectrumProfile(logMel, { nMels });
    });
  };
  return fitNovelty(profiles(train), profiles(validation));
}

/** The rule that serves the experiment's aim best on the validation rows among the predictions. */
function fitRule(
  predictions: readonly Prediction[],
  { experiment, manifest: { classes } }: JudgeRunOptions,
): DecisionRule {
  const own = predictions.filter(({ part }) => part === "validation");
  const examples = {
    labels: Int32Array.from(own, ({ label }) => classes.indexOf(label)),
    probabilities: Float64Array.from(own.flatMap(({ probabilities }) => probabilities)),
  };
  return fitDecision(examples, { classes, aim: experiment.evaluation.decision });
}
