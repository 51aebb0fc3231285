import { ownParts, partsIn } from "../../parts/mod.ts";
import type { Run } from "../../runs/mod.ts";
import { dataTitle } from "../describe/data_title.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import type { RecordingTargets } from "../describe/recording_targets.ts";
import { finishFold, readFolds } from "../finish_fold.ts";
import { finishBundle } from "../judge/finish_bundle.ts";
import { extractFeatures } from "../prepare/extract_features.ts";
import { labelledWindows } from "../prepare/labelled_windows.ts";
import type { PreparedData } from "../prepare/prepare_data.ts";
import type { RunExperimentOptions, Way } from "../run_experiment.ts";
import { likeliest } from "../train/score_monitor.ts";
import { checkRecordings } from "./check_recordings.ts";
import { judgeRecordings } from "./judge_recordings.ts";
import { FOUND, trainRecordings } from "./train_recordings.ts";

/** The way of an experiment that learns which crops are of one recording. */
export async function byRecording(
  run: Run,
  targets: RecordingTargets,
  options: RunExperimentOptions & PreparedData & { experiment: Experiment; seed: number },
): Promise<Way> {
  const { experiment, manifest, folds, beginning } = options;
  checkRecordings(experiment);
  const store = await extractFeatures(manifest, experiment.input, options);
  const windows = labelledWindows(store, manifest);
  return {
    store,
    async train(fold, { index, ...context }) {
      const first = await beginning?.weightsOf(index);
      const trained = await trainRecordings(fold, { ...context, experiment, targets, manifest, windows, first });
      if (trained === undefined) return false;
      await finishFold(run, { index, fold, trained, classes: FOUND });
      return true;
    },
    async judge() {
      const finished = await readFolds(run, folds.length);
      await run.save("history", finished.flatMap(({ history }) => history));
      await judgeRecordings(run, finished, { ...options, targets, windows });
      const own = await ownParts(partsIn(experiment.input));
      await run.save("bundle", {
        ...{ version: 1, answers: "recordings", name: experiment.name, title: experiment.title },
        ...{ dataset: manifest.dataset, data: dataTitle(experiment.dataset, options.data), task: manifest.task },
        ...{ classes: [...FOUND], input: experiment.input, decision: likeliest },
        ...own.length > 0 ? { parts: own.map(({ files: _files, ...part }) => part) } : {},
        ...{ frames: windows.frames, bands: windows.bands, channels: windows.channels },
        members: finished.map(({ member }) => member),
        trainedOn: { [FOUND[0]]: folds[0].train.length },
      });
      await finishBundle(run, options);
    },
    close: () => store.close(),
  };
}
