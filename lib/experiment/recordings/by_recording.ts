import { UsageError } from "../../errors/mod.ts";
import type { Run } from "../../runs/mod.ts";
import { type Experiment, experimentSchema } from "../describe/experiment_schema.ts";
import type { RecordingTargets } from "../describe/targets.ts";
import { readFolds } from "../finish_fold.ts";
import { bundleBasis, finishBundle } from "../judge/bundle_run.ts";
import { openWindows } from "../prepare/labelled_windows.ts";
import type { Way, WayOptions } from "../run_experiment.ts";
import { likeliest } from "../train/fit_fold.ts";
import { judgeRecordings } from "./judge_recordings.ts";
import { FOUND, trainRecordings } from "./train_recordings.ts";

/** The way of an experiment that learns which crops are of one recording. */
export async function byRecording(run: Run, targets: RecordingTargets, options: WayOptions): Promise<Way> {
  const { experiment, manifest, folds, beginning } = options;
  checkRecordings(experiment);
  const windows = await openWindows(manifest, experiment.input, options);
  return {
    ...{ store: windows.store, classes: FOUND },
    async train(fold, { index, ...context }) {
      const first = await beginning?.weightsOf(index);
      return await trainRecordings(fold, { ...context, experiment, targets, manifest, windows, first });
    },
    async judge() {
      const finished = await readFolds(run, folds.length);
      await judgeRecordings(run, finished, { ...options, targets, windows });
      await run.save("bundle", {
        ...await bundleBasis(finished, { ...options, windows }),
        ...{ answers: "recordings", classes: [...FOUND], decision: likeliest },
        trainedOn: { [FOUND[0]]: new Set(folds.flatMap(({ train }) => [...train])).size },
      });
      await finishBundle(run, options);
    },
    close: () => windows.store.close(),
  };
}

/** Says before a recording is heard what makes no sense where no class is learned. */
function checkRecordings({ training, evaluation }: Experiment): void {
  if (training.batchSize % 2 !== 0 || training.batchSize < 4) {
    const expected = "an even number of at least 4, which is a crop and another recording to tell it from";
    throw new UsageError({ expected, found: `${training.batchSize}`, where: "training.batchSize" });
  }
  const { training: usual, evaluation: asked } = experimentSchema.pick({ training: true, evaluation: true })
    .parse({ training: {}, evaluation: { protocol: evaluation.protocol } });
  const ofTraining = ["loss", "sampler", "linearProbe", "labelSmoothing", "classWeights"] as const;
  // The protocol, the guard and the resamples mean the same here.
  const { protocol: _protocol, leaks: _leaks, resamples: _resamples, ...ofClasses } = evaluation;
  const others = [
    ...ofTraining.map((key) => [`training.${key}`, training[key], usual[key]] as const),
    ...(Object.keys(ofClasses) as (keyof typeof ofClasses)[])
      .map((key) => [`evaluation.${key}`, evaluation[key], asked[key]] as const),
  ].filter(([, set, usual]) => JSON.stringify(set) !== JSON.stringify(usual));
  if (others.length === 0) return;
  const found = others.map(([key, set]) => `${key}=${JSON.stringify(set)}`).join(", ");
  const where = "an experiment whose targets are recordings";
  const remedy = "leave that out";
  throw new UsageError({ expected: "pairs of crops alone, which have no classes", found, where, remedy });
}
