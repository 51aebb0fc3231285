import { join } from "node:path";
import { cutSegment, readRecording } from "../../audio/mod.ts";
import { type AnnotatedEvent, frameLabels, type Manifest, type ManifestRow } from "../../datasets/mod.ts";
import { AuscultError } from "../../errors/mod.ts";
import { type Onset, onsetsOf, predictedRow } from "../../evaluation/mod.ts";
import { type FeatureStore, type InputOptions, type OpenInput, openInput, PartFault } from "../../features/mod.ts";
import { progress } from "../../files/mod.ts";
import { type FramedItem, standardiseWhole } from "../../training/mod.ts";
import type { FrameTargets } from "../describe/targets.ts";
import { fitLinear } from "../../floors/mod.ts";
import type { Run } from "../../runs/mod.ts";
import type { Prediction } from "../../scores/mod.ts";
import type { Fold } from "../../splits/mod.ts";
import { predictLogistic } from "../../statistics/mod.ts";

/** A manifest row frame by frame; one that can't be read has no frames. */
export interface FrameItem extends FramedItem {
  /** `[frames]`: the middle of each in its recording, s. */
  times: Float64Array;
  /** Where a class begins, as annotated. */
  onsets: Onset[];
}

const NONE: FrameItem = {
  features: new Float32Array(),
  labels: new Int32Array(),
  times: new Float64Array(),
  onsets: [],
};

/**
 * Every row of a manifest as a whole, each band and channel less its mean and over its deviation in that row, with the class
 * of each frame, and which rows have none. All of it stays in memory.
 */
export async function frameItems(
  manifest: Manifest,
  { input, targets, signal }: { input: InputOptions; targets: FrameTargets; signal?: AbortSignal },
): Promise<{ items: FrameItem[]; passedOver: FeatureStore["passedOver"] }> {
  const opened = openInput(input);
  const spans = Map.groupBy(manifest.states ?? manifest.events, ({ recording }) => recording);
  const bar = progress("features", manifest.rows.length);
  const items: FrameItem[] = [], passedOver: FeatureStore["passedOver"] = [];
  for (const [item, row] of manifest.rows.entries()) {
    signal?.throwIfAborted();
    try {
      const read = await readFrames(opened, manifest.folder, row);
      items.push(labelled(read, spans.get(row.recording) ?? [], targets));
    } catch (error) {
      if (!(error instanceof AuscultError) || error instanceof PartFault) throw error;
      items.push(NONE);
      passedOver.push({ item, reason: error.message });
    }
    bar.update(item + 1);
  }
  bar.stop();
  return { items, passedOver };
}

/** What an input makes of a whole row, and when its frames are. */
export async function readFrames(
  input: OpenInput,
  folder: string,
  { recording, start, end }: Pick<ManifestRow, "recording" | "start" | "end">,
): Promise<{ values: Float32Array; times: Float64Array; width: number }> {
  const whole = await readRecording(join(folder, recording));
  const heard = cutSegment(input.prepare(whole.samples, whole), { sampleRate: input.sampleRate, start, end });
  const values = await input.compute(heard);
  const width = input.bands * input.channels, { first = 0, hop } = input.axes;
  const times = Float64Array.from({ length: values.length / width }, (_, frame) => start + first + frame * hop);
  return { values, times, width };
}

function labelled(
  { values, times, width }: Awaited<ReturnType<typeof readFrames>>,
  spans: readonly AnnotatedEvent[],
  { classes, outside }: FrameTargets,
): FrameItem {
  if (times.length === 0) return NONE;
  const features = standardiseWhole(values, { bands: width, channels: 1 });
  // Of a recording that nobody annotated nothing is known: what is outside is as unknown.
  const labels = frameLabels(spans, { classes, times, outside: spans.length > 0 ? outside : undefined });
  const starts = spans.flatMap(({ start, label }) =>
    Object.values(classes).flatMap((of, place) => of.includes(label) ? [{ class: place, time: start }] : [])
  );
  return { features, labels, times, onsets: onsetsOf(labels, times, starts) };
}

/**
 * Writes what each fold's network says of the items that it wasn't trained on, in the dataset's classes: a logistic regression
 * over what their frames come to. It is fitted on what the networks that are judged as one say of their validation parts, and
 * each of them keeps it.
 */
export async function answerItems(
  run: Run,
  { manifest, folds }: { manifest: Manifest; folds: readonly Fold[] },
): Promise<void> {
  const { classes } = manifest;
  const read = await Promise.all(folds.map(async (fold, index) => {
    const own = run.inside("folds", `${index}`);
    return { fold, own, finished: await own.fold(), readings: (await own.readings()).rows };
  }));
  const judgedAsOne = Map.groupBy(read, ({ fold: { seed, outer, fold } }) => `${seed}/${outer ?? fold}`);
  for (const networks of judgedAsOne.values()) {
    const all = networks.flatMap(({ readings }) => readings);
    const rows = all.map(({ row }) => manifest.rows[row]);
    const unseen = Int32Array.from(all.keys().filter((i) => all[i].part === "validation"));
    const features = { values: all.flatMap(({ values }) => values), width: all[0].values.length };
    const model = fitLinear(features, { rows, fold: { ...networks[0].fold, train: unseen }, classes });
    for (const { fold, own, finished: { member, history }, readings } of networks) {
      const predictions = readings.map(({ part, row, values }) =>
        itemPrediction(manifest.rows[row], predictLogistic(model, values), { ...fold, part, classes })
      );
      await own.save("predictions", { predictions, classes });
      await own.save("fold", { member: { ...member, reader: Array.from(model.coefficients) }, history });
    }
  }
}

/** What a network says of a row as a whole, before any rule. */
export function itemPrediction(
  row: Manifest["rows"][number],
  probabilities: Float64Array,
  { fold, seed, part, classes }: Pick<Fold, "fold" | "seed"> & { part: string; classes: readonly string[] },
): Prediction {
  const predicted = classes[probabilities.indexOf(Math.max(...probabilities))];
  return { fold, seed, part, ...predictedRow(row), predicted, probabilities: Array.from(probabilities) };
}
