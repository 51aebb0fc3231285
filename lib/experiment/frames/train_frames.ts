import type { LayersModel } from "@tensorflow/tfjs";
import { UsageError } from "../../errors/mod.ts";
import { confusionMatrix, lowerIsBetter, scoreKey, scoresOfConfusion } from "../../scores/mod.ts";
import { buildModel, inOneRow } from "../../models/mod.ts";
import { assertNoLeak, type Fold, guardFold } from "../../splits/mod.ts";
import { fileCheckpoints, fit, plainStatistics, predictLogits, sessionOptions, softmax } from "../../training/mod.ts";
import type { FeatureStatistics, FitResult, FrameSource, Monitor } from "../../training/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import type { FitFoldOptions } from "../train/fit_fold.ts";

/** A network by frame that was trained on one fold. */
export interface TrainedFrames {
  model: LayersModel;
  statistics: FeatureStatistics;
  history: FitResult["history"];
  /** `[frames, classes]` by row of the validation and of the test part. */
  posteriors: Record<"validation" | "test", Map<number, Float32Array>>;
}

/**
 * Trains one network by frame on a fold and keeps the epoch that is best on its validation part; then, and only then, it
 * hears the test part.
 *
 * @returns nothing where it was aborted; the same call goes on from its checkpoint.
 */
export async function trainFrames(
  fold: Fold,
  { experiment, classes, manifest, source, engine, threads, checkpoints, callbacks, signal }:
    & Omit<FitFoldOptions, "windows">
    & { classes: readonly string[]; source: FrameSource },
): Promise<TrainedFrames | undefined> {
  assertNoLeak(manifest.rows, fold);
  const rows = guardFold(fold), { seed } = fold;
  const { frames, bands, channels } = source;
  const shape = { frames, bands, channels, classes: classes.length };
  const loss = { kind: "by-frame", of: experiment.training.loss, classes: classes.length } as const;
  const options = { ...experiment.training, loss };
  const model = await buildModel(experiment.model, { ...shape, byFrame: true, seed });
  const trained = await inOneRow(model);
  await using opened = new AsyncDisposableStack();
  const session = opened.adopt(
    await engine.train(trained, sessionOptions(options, { seed, threads })),
    (session) => session.dispose(),
  );
  const statistics = plainStatistics(source); // each row was standardised by itself
  const { status, history } = await fit({
    ...{ session, options, seed, statistics, callbacks, signal },
    train: { source, indices: annotated(source, rows.rows("train")) },
    validation: { source, indices: annotated(source, rows.rows("validation")) },
    monitor: frameMonitor(experiment.evaluation.monitor, classes),
    checkpoints: fileCheckpoints(checkpoints),
  });
  if (status === "stopped") return undefined;
  const hear = async (side: "validation" | "test") => {
    const indices = source.of(rows.rows(side));
    const logits = await predictLogits(session, { source, indices, statistics, signal });
    return logits && source.join(indices, softmax(logits, classes.length));
  };
  const validation = await hear("validation");
  rows.judge();
  const test = await hear("test");
  if (validation === undefined || test === undefined) return undefined;
  await session.writeTo(trained);
  return { model, statistics, history, posteriors: { validation, test } };
}

/** Windows of the rows of which anything is known. */
function annotated(source: FrameSource, rows: Int32Array): Int32Array {
  return source.of(rows).filter((index) => source.framed.labels(index).some((label) => label >= 0));
}

/** How good the likeliest classes of the frames are that are known, by a score of the answers. */
function frameMonitor(monitor: Experiment["evaluation"]["monitor"], classes: readonly string[]): Monitor {
  const size = classes.length, key = scoreKey(monitor), sign = lowerIsBetter(monitor) ? -1 : 1;
  const scoreOf = (labels: ArrayLike<number>, predicted: ArrayLike<number>) =>
    scoresOfConfusion(confusionMatrix(labels, predicted, { size }), { classes, asked: [monitor] }).get(key);
  if (scoreOf(classes.map((_, c) => c), classes.map((_, c) => c)) === undefined) {
    const expected = "a score of the answers alone: balancedAccuracy, f1Macro, accuracy, …";
    const remedy = "no other can be read off frames";
    throw new UsageError({ expected, found: `"${key}"`, where: "evaluation.monitor", remedy });
  }
  return (probabilities, labels) => {
    const known = Array.from(labels.keys()).filter((at) => labels[at] >= 0);
    const predicted = known.map((at) => likeliestClass(probabilities, at, size));
    return sign * scoreOf(known.map((at) => labels[at]), predicted)!;
  };
}

/** The class of the largest probability of a frame; the first of equal ones. */
export function likeliestClass(probabilities: Float32Array, frame: number, size: number): number {
  let best = 0;
  for (let c = 1; c < size; c++) {
    if (probabilities[frame * size + c] > probabilities[frame * size + best]) best = c;
  }
  return best;
}
