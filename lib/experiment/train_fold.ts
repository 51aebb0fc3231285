import type { LayersModel } from "@tensorflow/tfjs";
import type { Manifest } from "../datasets/mod.ts";
import type { Engine } from "../engines/mod.ts";
import { aggregateWindows, applyDecision, type Prediction } from "../evaluation/mod.ts";
import { buildModel } from "../models/mod.ts";
import type { HistoryRow } from "../runs/mod.ts";
import { assertNoLeak, type Fold, guardFold } from "../splits/mod.ts";
import {
  type Callback,
  type FeatureStatistics,
  fileCheckpoints,
  fit,
  predictLogits,
  sessionOptions,
  softmax,
} from "../training/mod.ts";
import type { Experiment } from "./experiment_schema.ts";
import type { LabelledWindows } from "./labelled_windows.ts";
import { likeliest, scoreMonitor } from "./score_monitor.ts";

/** What a fold is trained with. */
export interface TrainFoldOptions {
  experiment: Experiment;
  manifest: Manifest;
  windows: LabelledWindows;
  engine: Engine;
  threads: number;
  /** Where its checkpoints lie. */
  checkpoints: string;
  callbacks?: Callback[];
  signal?: AbortSignal;
}

/** A network that was trained on one fold, and what it says of the rows that it never saw. */
export interface TrainedFold {
  model: LayersModel;
  statistics: FeatureStatistics;
  history: HistoryRow[];
  /** Of the validation and the test part; `predicted` is the likeliest class, no decision rule applied. */
  predictions: Prediction[];
}

/**
 * Trains one network on a fold. Only when all is chosen on the validation part does it see the test part.
 *
 * @returns nothing where it was aborted; the same call goes on from its checkpoint.
 * @throws {LeakError} where a subject stands on two sides.
 */
export async function trainFold(fold: Fold, options: TrainFoldOptions): Promise<TrainedFold | undefined> {
  const { experiment, manifest, windows, engine, signal } = options;
  const { classes, rows } = manifest;
  assertNoLeak(rows, fold);
  const guarded = guardFold(fold);
  const seed = fold.seed;

  const model = await buildModel(experiment.model, { ...windows, seed });
  const session = await engine.train(model, sessionOptions(experiment.training, { seed, threads: options.threads }));
  try {
    const validation = windows.of(guarded.rows("validation"));
    const result = await fit({
      session,
      options: experiment.training,
      train: { source: windows, indices: windows.of(guarded.rows("train")) },
      validation: { source: windows, indices: validation },
      monitor: scoreMonitor(experiment.evaluation.monitor, {
        classes,
        official: experiment.evaluation.scores,
        items: validation.map((window) => windows.rows[window]),
      }),
      seed,
      checkpoints: fileCheckpoints(options.checkpoints),
      callbacks: options.callbacks,
      signal,
    });
    if (result.status === "stopped") return undefined;
    const predict = (part: string, indices: Int32Array) =>
      predictItems(part, fold, { ...options, session, statistics: result.statistics, indices });
    const judged = [await predict("validation", guarded.rows("validation"))];
    guarded.judge();
    judged.push(await predict("test", guarded.rows("test")));
    if (judged.includes(undefined)) return undefined;
    await session.writeTo(model);
    const history = result.history.map((row) => ({ fold: fold.fold, seed, ...row }));
    return { model, statistics: result.statistics, history, predictions: judged.flatMap((part) => part!) };
  } finally {
    await session.dispose();
  }
}

/** What is needed to judge rows. */
type PredictItemsOptions = Pick<TrainFoldOptions, "manifest" | "windows" | "signal"> & {
  session: Parameters<typeof predictLogits>[0];
  statistics: FeatureStatistics;
  indices: Int32Array;
};

/** One prediction a manifest row: the mean over its windows. Rows without a window have none. */
export async function predictItems(
  part: string,
  { fold, seed }: Pick<Fold, "fold" | "seed">,
  { manifest, windows, session, statistics, indices, signal }: PredictItemsOptions,
): Promise<Prediction[] | undefined> {
  const size = manifest.classes.length;
  const own = windows.of(indices);
  const logits = await predictLogits(session, { source: windows, indices: own, statistics, signal });
  if (logits === undefined) return undefined;
  const judged = Array.from(new Set(own.map((window) => windows.rows[window])));
  const place = new Map(judged.map((row, i) => [row, i]));
  const windowToItem = own.map((window) => place.get(windows.rows[window])!);
  const probabilities = Float64Array.from(softmax(logits, size));
  const joined = aggregateWindows(probabilities, windowToItem, { size, rule: "mean" });
  const { predicted } = applyDecision(likeliest, joined, { size });
  return judged.map((row, i) => {
    const { recording, subject, source, start, end, label } = manifest.rows[row];
    return {
      fold,
      seed,
      part,
      recording,
      subject,
      source,
      start,
      end,
      label,
      predicted: manifest.classes[predicted[i]],
      probabilities: Array.from(joined.subarray(i * size, (i + 1) * size)),
    };
  });
}
