import { heartReading } from "../../audio/mod.ts";
import { openInput } from "../../features/mod.ts";
import { formatNpy } from "../../files/mod.ts";
import type { FrameReadings, Run } from "../../runs/mod.ts";
import { frameSource } from "../../training/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import type { FrameTargets } from "../describe/frame_targets.ts";
import { finishFold, readFolds } from "../finish_fold.ts";
import { bundleRun, finishBundle } from "../judge/bundle_run.ts";
import { judgeRun } from "../judge/judge_run.ts";
import { openWindows } from "../prepare/labelled_windows.ts";
import type { Way, WayOptions } from "../run_experiment.ts";
import { answerItems } from "./answer_items.ts";
import { checkTargets } from "./check_targets.ts";
import { frameItems } from "./frame_items.ts";
import { judgeFrames, posteriorsFile } from "./judge_frames.ts";
import { showFrames } from "./show_frames.ts";
import { type TrainedFrames, trainFrames } from "./train_frames.ts";

/** The way of an experiment whose targets are frames. */
export async function byFrame(run: Run, targets: FrameTargets, options: WayOptions): Promise<Way> {
  const { experiment, manifest, folds, signal } = options;
  checkTargets(experiment, targets, manifest);
  const classes = Object.keys(targets.classes);
  const { items, passedOver } = await frameItems(manifest, { input: experiment.input, targets, signal });
  const { frames, bands, channels, spectrum } = openInput(experiment.input);
  const source = frameSource(items, { frames, bands, channels, spectrum, classes: classes.length });
  const heard = items.flatMap(({ labels, times }, item) =>
    labels.length > 0 ? [{ item, start: times[0], end: times.at(-1)! }] : []
  );
  return {
    store: { windows: heard, passedOver },
    async train(fold, context) {
      const trained = await trainFrames(fold, { ...context, experiment, classes, manifest, source });
      if (trained === undefined) return false;
      const { index } = context, { posteriors } = trained;
      await finishFold(run, { index, fold, trained: { ...trained, temperature: 1 }, classes });
      if (targets.items) {
        await run.inside("folds", `${index}`).save("readings", readingsOf(posteriors, experiment.input));
      }
      for (const [row, data] of posteriors.test) {
        const shape = [data.length / classes.length, classes.length];
        await run.write(posteriorsFile(index, row), formatNpy({ shape, data }));
      }
      return true;
    },
    async judge() {
      const left = await Promise.all(folds.map((_, index) => run.inside("folds", `${index}`).fold()));
      await run.save("history", left.flatMap(({ history }) => history));
      const { metrics, judged } = await judgeFrames(run, { ...options, targets, items });
      await showFrames(run, judged, { experiment, classes, manifest, items });
      if (!targets.items) return await run.save("metrics", metrics);
      await run.inside("frames").save("metrics", metrics);
      await answerItems(run, { manifest, folds });
      const finished = await readFolds(run, folds.length);
      using windows = await openWindows(manifest, experiment.input, options); // what the floors hear
      await judgeRun(run, finished, { ...options, windows });
      await bundleRun(run, finished, { ...options, windows });
      await finishBundle(run, options);
    },
  };
}

/** What an item's answer is read from, of all items that a network hadn't learned. */
function readingsOf(posteriors: TrainedFrames["posteriors"], input: Experiment["input"]): FrameReadings {
  const frameRate = 1 / openInput(input).axes.hop;
  const rows = (["validation", "test"] as const).flatMap((part) =>
    Array.from(posteriors[part], ([row, said]) => ({ part, row, values: heartReading(said, { frameRate }) }))
  );
  return { version: 1, rows };
}
