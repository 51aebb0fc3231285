import type { TrainingSession } from "../engines/mod.ts";
import { checked, UsageError } from "../errors/mod.ts";
import { hashBytes } from "../files/mod.ts";
import { trainingBatches } from "./batches.ts";
import { earlyStopping } from "./callbacks/built_in.ts";
import { type Callback, createCallback } from "./callbacks/define_callback.ts";
import { checkFit } from "./check_fit.ts";
import { type ExampleSet, labelsOf } from "./example_source.ts";
import { type FeatureStatistics, featureStatistics } from "./feature_statistics.ts";
import type { Checkpoint, CheckpointStore } from "./file_checkpoints.ts";
import { bestRow, type HistoryRow } from "./history.ts";
import { predictLogits } from "./run_windows.ts";
import { softmax } from "./softmax.ts";
import { trainEpoch } from "./train_epoch.ts";
import { type TrainingOptions, trainingOptions } from "./training_options.ts";

/**
 * Says how good predictions are; more is better.
 *
 * @param probabilities `[count, classes]`; where frames are judged, the count is theirs.
 * @param labels `[count]`; -1 where none is known.
 */
export type Monitor = (probabilities: Float32Array, labels: Int32Array) => number;

/** Loss and score of validation windows by the outputs of a network, `[count, outputs]`, which are no classes. */
export type OutputsJudge = (outputs: Float32Array) => { validationLoss: number; validationScore: number };

export interface FitOptions {
  /** Opened with `sessionOptions(options, { seed })`. */
  session: TrainingSession;
  train: ExampleSet;
  /** Inner validation: what the best epoch is picked on. Never the part that is reported. */
  validation: ExampleSet;
  options: TrainingOptions;
  seed: number;
  /** How good the predictions for the validation windows are; more is better. Left out only where `judge` stands in its place. */
  monitor?: Monitor;
  /** How good outputs are that are no classes. */
  judge?: OutputsJudge;
  /** @default {featureStatistics of the training windows} */
  statistics?: FeatureStatistics;
  /** Tells the weights that the session begins with from others, where the seed doesn't. */
  beginning?: string;
  /** What the training is resumed from; it can't be where this is left out. */
  checkpoints?: CheckpointStore;
  callbacks?: Callback[];
  signal?: AbortSignal;
}

/** How a training ended. The session then holds the weights of the best epoch; where it was stopped, the last ones. */
export interface FitResult {
  /** All epochs done; ended for lack of progress; aborted, to be resumed by the same call. */
  status: "finished" | "early-stopped" | "stopped";
  history: HistoryRow[];
  /** From 1; 0 where no epoch was finished. */
  bestEpoch: number;
  statistics: FeatureStatistics;
}

/**
 * Trains a session, validates after each epoch and keeps the best weights. With `checkpoints`, a call that was aborted or
 * killed is finished by the same call again, with the same bits as if it had never stopped.
 *
 * @throws {TrainingError} where the loss becomes no number, naming the epoch, the batch and the learning rate.
 * @throws {UsageError} where the checkpoint is that of another training.
 */
export async function fit(request: FitOptions): Promise<FitResult> {
  const { session, train, validation, seed, checkpoints, signal } = request;
  const options = checked(trainingOptions, request.options, { expected: "options of a training", where: "fit()" });
  checkFit(train, validation);
  const statistics = request.statistics ?? featureStatistics(train.source, train.indices);
  const named = [...options.callbacks, ...options.patience ? [earlyStopping({ patience: options.patience })] : []];
  const callbacks = [...request.callbacks ?? [], ...named.map(createCallback)];
  const batches = trainingBatches(train, { options, statistics, seed });
  const run = await begin(request, fingerprintOf(request));
  const save = async () => await checkpoints?.save({ ...run, session: await session.state() });

  try {
    for (const callback of callbacks) callback.onTrainBegin?.(run.history);
    while (run.ended === undefined) {
      const started = performance.now();
      const trained = await trainEpoch(session, { batches, options, run, callbacks, signal });
      const judged = trained && await validate(request, statistics);
      if (judged === undefined) {
        await save();
        return { status: "stopped", history: run.history, bestEpoch: run.best?.epoch ?? 0, statistics };
      }
      const seconds = (performance.now() - started) / 1000;
      const row: HistoryRow = { epoch: run.history.length + 1, ...trained!, ...judged, seconds };
      run.history.push(row);
      if (bestRow(run.history) === row) run.best = { epoch: row.epoch, session: await session.state() };
      Object.assign(run, { batches: 0, lossSum: 0 });
      const answers = await Promise.all(callbacks.map((callback) => callback.onEpochEnd?.(run.history)));
      const stop = answers.includes("stop");
      if (stop) run.ended = "early-stopped";
      if (run.history.length >= options.epochs) run.ended = "finished";
      await save();
    }
  } finally {
    for (const callback of callbacks) callback.onTrainEnd?.(run.history);
  }
  await session.restore(run.best!.session);
  return { status: run.ended, history: run.history, bestEpoch: run.best!.epoch, statistics };
}

/** Loss and score of a session on the validation windows; nothing where it was aborted. */
async function validate({ session, validation, monitor, judge, signal }: FitOptions, statistics: FeatureStatistics) {
  const { source } = validation;
  const logits = await predictLogits(session, { ...validation, statistics, signal });
  if (logits === undefined) return undefined;
  if (judge) return judge(logits);
  const probabilities = softmax(logits, source.classes);
  const labels = labelsOf(validation);
  return { validationLoss: meanLoss(probabilities, labels), validationScore: monitor!(probabilities, labels) };
}

/** Mean negative log-likelihood of the classes, of those that are known. */
export function meanLoss(probabilities: ArrayLike<number>, labels: Int32Array, weights?: Float64Array): number {
  const size = probabilities.length / labels.length;
  let sum = 0, total = 0;
  labels.forEach((label, i) => {
    if (label < 0) return;
    const weight = weights?.[i] ?? 1;
    // At least the smallest float32: one certain error must not make the mean infinite.
    sum -= weight * Math.log(Math.max(probabilities[i * size + label], 1e-38));
    total += weight;
  });
  return sum / total;
}

/** A training at its first step, or where its checkpoint left it. */
async function begin({ session, checkpoints }: FitOptions, fingerprint: string): Promise<Omit<Checkpoint, "session">> {
  const checkpoint = await checkpoints?.load();
  if (checkpoint === undefined) return { fingerprint, history: [], batches: 0, lossSum: 0 };
  if (checkpoint.fingerprint !== fingerprint) {
    throw new UsageError({
      expected: "the checkpoint of this training",
      found: "that of one with other options, another seed or other windows",
      remedy: "resume with the same settings, or begin a new run",
    });
  }
  const { session: state, ...run } = checkpoint;
  await session.restore(state);
  return run;
}

/** Tells two trainings apart by all that changes their bits, engine and model aside. */
function fingerprintOf({ options, seed, beginning, train, validation }: FitOptions): string {
  const bytes = (array: Int32Array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
  const sets = [train, validation].flatMap(({ source, indices }) => [bytes(source.labels), bytes(indices)]);
  return hashBytes(JSON.stringify([trainingOptions.parse(options), seed, ...beginning ? [beginning] : []]), ...sets);
}
