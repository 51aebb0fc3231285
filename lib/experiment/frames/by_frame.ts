import { HEART_STATES, heartReading } from "../../audio/mod.ts";
import type { Manifest } from "../../datasets/mod.ts";
import { DataError, UsageError } from "../../errors/mod.ts";
import { openInput } from "../../features/mod.ts";
import { formatNpy } from "../../files/mod.ts";
import type { FrameReadings, Run } from "../../runs/mod.ts";
import { frameSource } from "../../training/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import type { FrameTargets } from "../describe/targets.ts";
import { readFolds } from "../finish_fold.ts";
import { bundleRun, finishBundle } from "../judge/bundle_run.ts";
import { judgeRun } from "../judge/judge_run.ts";
import { openWindows } from "../prepare/labelled_windows.ts";
import type { Way, WayOptions } from "../run_experiment.ts";
import { answerItems, frameItems } from "./frame_items.ts";
import { judgeFrames, posteriorsFile, showFrames } from "./judge_frames.ts";
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
    ...{ store: { windows: heard, passedOver }, classes },
    async train(fold, { index, ...context }) {
      const trained = await trainFrames(fold, { ...context, experiment, classes, manifest, source });
      if (trained === undefined) return undefined;
      const { posteriors } = trained, own = run.inside("folds", `${index}`);
      if (targets.items) await own.save("readings", readingsOf(posteriors, experiment.input));
      for (const [row, data] of posteriors.test) {
        const shape = [data.length / classes.length, classes.length];
        await run.write(posteriorsFile(index, row), formatNpy({ shape, data }));
      }
      return { ...trained, temperature: 1 };
    },
    async judge() {
      const { metrics, judged } = await judgeFrames(run, { ...options, targets, items });
      await showFrames(run, judged, { experiment, targets, manifest, items });
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

/**
 * Says before a recording is read what would fail or go wrong later.
 *
 * @throws {UsageError} for a class that isn't named, or a training that moves sound away from its classes.
 * @throws {DataError} for a class that nothing in the data stands for.
 */
export function checkTargets(
  { training, initial, evaluation }: Experiment,
  targets: FrameTargets,
  manifest: Manifest,
): void {
  const { classes, outside, onsets = [] } = targets;
  const names = Object.keys(classes);
  const need = (is: boolean, where: string, expected: string, found: string, remedy?: string) => {
    if (!is) throw new UsageError({ expected, found, where, remedy });
  };
  need(names.length > 1, "targets.classes", "at least two classes", `${names.length}`);
  const states = `the classes ${HEART_STATES.join(", ")}, in this order`, named = names.join(", ");
  const asStates = targets.items !== "heart-cycles" || names.join() === HEART_STATES.join();
  need(asStates, "targets.classes of heart-cycles", states, named);
  const unnamed = [outside, ...onsets].find((name) => name !== undefined && !names.includes(name));
  need(unnamed === undefined, "targets.outside or targets.onsets", `one of ${named}`, `"${unnamed}"`);
  const ofItems = "answers for items, not frames", { labelSmoothing } = training;
  need(!initial, "initial", "random first weights", "those of a run", `a run's network ${ofItems}`);
  const other = "leave it out: a frame at another speed is another";
  need(!evaluation.average, "evaluation", "frames that are heard as they are", "average", other);
  need(!training.linearProbe, "training", "steps", "linearProbe", `leave it out: a linear probe ${ofItems}`);
  const learned = "leave it out where frames are learned";
  need(labelSmoothing === 0, "training", "labelSmoothing 0", `${labelSmoothing}`, learned);
  const shifted = training.augment.some(({ kind }) => kind === "time-shift");
  need(!shifted, "training.augment", "no change in time", "time-shift", "leave it out: crops begin at random anyway");
  checkSpans(targets, manifest);
}

/** Refuses items in which nothing is heard between the labels, and classes that nothing stands for. */
function checkSpans({ classes, outside }: FrameTargets, manifest: Manifest): void {
  const spans = manifest.states ?? manifest.events, byRecording = Map.groupBy(spans, ({ recording }) => recording);
  const isSpan = ({ recording, start, end }: Manifest["rows"][number]) =>
    (byRecording.get(recording) ?? []).some((span) => span.start === start && span.end >= end);
  if (manifest.rows.every(isSpan)) {
    const expected = "items that hold what is heard between the labels, too";
    const where = `the task ${manifest.task} of ${manifest.folder}`;
    const remedy = "take a task whose items are whole recordings, or learn one class an item: leave out targets";
    throw new DataError({ expected, found: "items that are cut to one label each", where, remedy });
  }
  const heard = new Set(spans.map(({ label }) => label));
  for (const [name, labels] of Object.entries(classes)) {
    if (name === outside || labels.some((label) => heard.has(label))) continue;
    const expected = `something that is heard and called ${labels.join(" or ") || "anything"}`;
    const found = heard.size === 0 ? "no word on what is heard when" : `only ${[...heard].toSorted().join(", ")}`;
    const where = `the class "${name}" of targets.classes in ${manifest.folder}`;
    throw new DataError({ expected, found, where, remedy: "take the labels that the dataset has" });
  }
}
