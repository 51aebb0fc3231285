import { type Engine, type EngineName, openEngine } from "../engines/mod.ts";
import type { FeatureStore } from "../features/mod.ts";
import { beginningWords, type Run, type RunStatus } from "../runs/mod.ts";
import type { Fold } from "../splits/mod.ts";
import { type Callback, progressBar } from "../training/mod.ts";
import { beginRun } from "./train/begin_run.ts";
import { bundleRun, finishBundle, writePipeline } from "./judge/bundle_run.ts";
import { engineInUse, trainingToTry, type TrainNetwork } from "./train/engine_in_use.ts";
import { checkSettings } from "./prepare/check_settings.ts";
import { describeRun } from "./prepare/describe_data.ts";
import type { Experiment } from "./describe/experiment_schema.ts";
import type { CacheOptions } from "./prepare/extract_features.ts";
import { finishFold, readFolds, type Trained } from "./finish_fold.ts";
import { judgeRun } from "./judge/judge_run.ts";
import { openViews, openWindows } from "./prepare/labelled_windows.ts";
import { prepareData, type PreparedData } from "./prepare/prepare_data.ts";
import type { FitFoldOptions } from "./train/fit_fold.ts";
import { trainFold } from "./train/train_fold.ts";
import { writeExamples } from "./judge/write_examples.ts";

/** How an experiment is run, beside what it says itself. */
export interface RunExperimentOptions extends CacheOptions {
  /** The dataset's folder. */
  data: string;
  /** Where run folders go. @default {"results"} */
  out?: string;
  /** @default {0} */
  seed?: number;
  /** @default {"auto"} */
  engine?: EngineName | "auto";
  /** @default {number of cores} */
  threads?: number;
  /** Go on with the latest run of the same settings that isn't complete, or take it where only its report is missing. */
  resume?: boolean;
  /** With `resume`: also with one that another engine or number of threads began; its status says where the change was. */
  otherEngine?: boolean;
  /** Where a graphics card is lost amid training: go on from the last checkpoint on the processor, or stop. @default {"stop"} */
  onCardLoss?: "cpu" | "stop";
  /** The command line that does it again, for the report. */
  command: string;
  /** Seen by each fold's training, e.g. a live chart. */
  callbacks?: Callback[];
  /** Say each epoch on standard error; needless where a live chart stands. @default {true} */
  epochLines?: boolean;
}

/**
 * The whole way of an experiment: recordings to features, features to networks by subject folds, networks to figures.
 * All that it learns stands in the run folder. Aborted, it leaves a run that `resume` finishes with the same result.
 *
 * @throws {AuscultError} saying what was wrong with the settings, the data or the training.
 */
export async function runExperiment(
  asked: Experiment,
  options: RunExperimentOptions,
): Promise<{ run: Run; complete: boolean }> {
  const { signal, seed = 0, threads = navigator.hardwareConcurrency, engine = "auto" } = options;

  checkSettings(asked);
  // The data, and who is on which side; a subject on two sides ends it here.
  const prepared = await prepareData(asked, { ...options, seed });
  const { manifest, folds, beginning } = prepared;
  const experiment = beginning ? { ...asked, initial: beginning.initial } : asked;
  if (beginning) console.log(beginningWords(beginning.about));

  const training = await trainingToTry(experiment, manifest.classes.length);
  const open = (name: EngineName | "auto") => openEngine(name, { threads, training });
  const begun = await beginRun(experiment, { ...options, ...prepared, engine, open, seed, threads });
  const { run, status, held } = begun;
  if (begun.engine === undefined) {
    await held.release();
    return { run, complete: true };
  }
  const started = performance.now();
  const setState = async (state: "running" | "stopped" | "failed" | "complete", message?: string) => {
    const seconds = status.seconds + (performance.now() - started) / 1000;
    await run.save("status", { ...status, state, seconds, ...(message ? { message } : {}) });
  };

  const save = () => setState("running");

  let way: Way | undefined;
  try {
    way = await wayOf(run, { ...options, ...prepared, experiment, seed });
    await describeRun(run, prepared, { experiment, store: way.store, data: options.data });
    const onEngine = engineInUse(begun.engine, {
      ...{ run, status, threads, onCardLoss: options.onCardLoss },
      processor: async () => (await open("ort")).engine,
      save,
    });
    const trained = await trainFolds(way, { ...options, run, folds, status, threads, onEngine, save });
    if (trained) {
      const left = await Promise.all(folds.map((_, index) => run.inside("folds", `${index}`).fold()));
      await run.save("history", left.flatMap(({ history }) => history));
      await way.judge();
      await Deno.remove(run.path("checkpoints"), { recursive: true }).catch(() => {});
    }
    await setState(trained ? "complete" : "stopped");
    return { run, complete: trained };
  } catch (error) {
    if (signal?.aborted) {
      await setState("stopped");
      return { run, complete: false };
    }
    await setState("failed", error instanceof Error ? error.message : String(error));
    throw error;
  } finally {
    way?.close?.();
    await held.release();
  }
}

/** Trains one network a fold; those that an earlier sitting finished are read back. `false` where it was stopped. */
async function trainFolds(
  way: Way,
  { run, folds, status, threads, onEngine, save, callbacks = [], epochLines = true, signal }:
    & Pick<RunExperimentOptions, "callbacks" | "epochLines" | "signal">
    & {
      run: Run;
      folds: readonly Fold[];
      status: RunStatus;
      threads: number;
      onEngine: TrainNetwork;
      save(): Promise<void>;
    },
): Promise<boolean> {
  for (const [index, fold] of folds.entries()) {
    if (status.folds[index].done) continue;
    const label = folds.length > 1 ? `fold ${index + 1}/${folds.length}` : "";
    const seen = epochLines ? [progressBar({ label }), ...callbacks] : callbacks;
    const checkpoints = run.path("checkpoints", `${fold.seed}-${index}`);
    const context = { index, threads, checkpoints, callbacks: seen, signal };
    const train = (engine: Engine) => way.train(fold, { ...context, engine });
    const trained = await onEngine(train, { index, checkpoints });
    if (trained === undefined) return false;
    await finishFold(run, { index, fold, trained, classes: way.classes });
    status.folds[index].done = true;
    await save();
  }
  return true;
}

/** What a fold is trained with, whatever its targets are. */
export type FoldContext = Pick<FitFoldOptions, "engine" | "threads" | "checkpoints" | "callbacks" | "signal"> & {
  /** Number of the fold in the run. */
  index: number;
};

/** How an experiment is learned and judged by the kind of its targets. */
export interface Way {
  /** What of the rows can be heard. */
  store: Pick<FeatureStore, "windows" | "passedOver">;
  /** What a network answers of what it is given. */
  classes: readonly string[];
  /** Trains a fold; nothing where it was aborted. */
  train(fold: Fold, context: FoldContext): Promise<Trained | undefined>;
  /** Judges what all folds wrote. */
  judge(): Promise<void>;
  close?(): void;
}

export type WayOptions = RunExperimentOptions & PreparedData & { experiment: Experiment; seed: number };

async function wayOf(run: Run, options: WayOptions): Promise<Way> {
  const { targets } = options.experiment;
  if (targets?.kind === "frames") return await (await import("./frames/by_frame.ts")).byFrame(run, targets, options);
  if (targets) return await (await import("./recordings/by_recording.ts")).byRecording(run, targets, options);
  return await byItem(run, options);
}

/** The way of an experiment that has one class an item. */
async function byItem(run: Run, options: WayOptions): Promise<Way> {
  const { experiment, manifest } = options, { input, evaluation: { average } } = experiment;
  const windows = await openWindows(manifest, input, options);
  const judged = await openViews(windows, { ...options, input, average });
  return {
    ...{ store: windows.store, classes: manifest.classes },
    async train(fold, { index, ...context }) {
      const first = await options.beginning?.weightsOf(index);
      return await trainFold(fold, { ...context, experiment, manifest, windows, judged, first });
    },
    async judge() {
      const finished = await readFolds(run, options.folds.length);
      await judgeRun(run, finished, { ...options, windows });
      await bundleRun(run, finished, { ...options, windows });
      await writePipeline(run);
      await finishBundle(run, options);
      await writeExamples(run, { experiment, manifest, windows });
    },
    close() {
      judged[Symbol.dispose]();
      windows.store.close();
    },
  };
}
