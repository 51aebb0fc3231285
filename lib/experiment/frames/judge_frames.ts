import { type FrameAnswers, frameScores, type Onset, onsetsOf } from "../../evaluation/mod.ts";
import { bandNames, channelOf, openInput } from "../../features/mod.ts";
import { formatNpy, parseNpy } from "../../files/mod.ts";
import type { Run, RunFrames } from "../../runs/mod.ts";
import type { Metrics } from "../../scores/mod.ts";
import type { Experiment } from "../describe/experiment_schema.ts";
import type { FrameTargets } from "../describe/targets.ts";
import { FEW, plainMetrics } from "../judge/judge_run.ts";
import type { PreparedData } from "../prepare/prepare_data.ts";
import { type FrameItem, readFrames } from "./frame_items.ts";
import { likeliestClass } from "./train_frames.ts";

export interface JudgeFramesOptions extends Pick<PreparedData, "manifest" | "folds" | "leaks"> {
  experiment: Experiment;
  targets: FrameTargets;
  items: readonly FrameItem[];
  seed: number;
}

/** The answers for a row of the test part. */
export interface JudgedFrames extends FrameAnswers {
  row: number;
  /** Files of what each network said of it, below the run. */
  files: string[];
}

/** Where a fold keeps what its network said of a row, `[frames, classes]`. */
export function posteriorsFile(index: number, row: number): string {
  return `posteriors/${index}/${row}.npy`;
}

/** The scores of frames and onsets of the test rows; where several networks judged one, by the mean of what they said. */
export async function judgeFrames(
  run: Run,
  options: JudgeFramesOptions,
): Promise<{ metrics: Metrics; judged: JudgedFrames[] }> {
  const { experiment, targets, folds, seed } = options;
  const classes = Object.keys(targets.classes);
  const onsetsOf = (targets.onsets ?? classes.filter((name) => name !== targets.outside)).map((name) =>
    classes.indexOf(name)
  );
  const judged = await readAnswers(run, options);
  const floors = floorsOf(judged, options);
  const scored = (rows: Iterable<number>, resamples: number) => {
    const wanted = new Set(rows), of = (all: readonly JudgedFrames[]) => all.filter(({ row }) => wanted.has(row));
    return frameScores(of(judged), {
      ...{ classes, onsetsOf, tolerance: targets.tolerance, seed, resamples },
      floors: Object.fromEntries(Object.entries(floors).map(([name, all]) => [name, of(all)])),
    });
  };
  const { scores: pooled, confusion } = scored(judged.map(({ row }) => row), experiment.evaluation.resamples);
  const each = folds.map(({ test }) => scored(test, FEW).scores);
  const note = "Scores count frames and onsets, of which an item has many; intervals are over subjects.";
  return { metrics: plainMetrics({ pooled, each, confusion, note }, options), judged };
}

async function readAnswers(run: Run, { targets, manifest, items, folds }: JudgeFramesOptions): Promise<JudgedFrames[]> {
  const size = Object.keys(targets.classes).length;
  const files = Map.groupBy(
    folds.flatMap(({ test }, index) => Array.from(test, (row) => ({ row, file: posteriorsFile(index, row) }))),
    ({ row }) => row,
  );
  const judged: JudgedFrames[] = [];
  for (const [row, of] of files) {
    const { labels, times, onsets } = items[row];
    if (labels.length === 0) continue;
    const sum = new Float32Array(labels.length * size);
    for (const { file } of of) parseNpy(await run.readBytes(file), file).data.forEach((value, at) => sum[at] += value);
    const predicted = labels.map((_, frame) => likeliestClass(sum, frame, size));
    const { subject } = manifest.rows[row];
    const found = onsetsOf(predicted.map((label, frame) => labels[frame] < 0 ? -1 : label), times);
    judged.push({ row, subject, labels, predicted, onsets, found, files: of.map(({ file }) => file) });
  }
  return judged;
}

/**
 * What needs no ear: the class of most training frames, and onsets that follow each other as far apart as they do in
 * training on average.
 */
function floorsOf(
  judged: readonly JudgedFrames[],
  { targets, items, folds }: JudgeFramesOptions,
): Record<"majority" | "regular", JudgedFrames[]> {
  const size = Object.keys(targets.classes).length;
  const habits = folds.map(({ train }) => {
    const counts = new Float64Array(size), onsets = new Float64Array(size);
    let seconds = 0;
    for (const row of train) {
      const { labels, times, onsets: own } = items[row];
      const known = labels.filter((label) => label >= 0);
      for (const label of known) counts[label]++;
      for (const onset of own) onsets[onset.class]++;
      if (times.length > 1) seconds += known.length * (times[1] - times[0]);
    }
    return { majority: counts.indexOf(Math.max(...counts)), intervals: onsets.map((count) => seconds / count) };
  });
  const said = judged.map((one) => {
    const { majority, intervals } = habits[folds.findIndex(({ test }) => test.includes(one.row))];
    const usual: JudgedFrames = { ...one, predicted: one.labels.map(() => majority), found: [] };
    return { majority: usual, regular: { ...usual, found: regularOnsets(items[one.row], intervals) } };
  });
  return { majority: said.map(({ majority }) => majority), regular: said.map(({ regular }) => regular) };
}

/** Onsets of each class one interval apart, where something is annotated. */
function regularOnsets({ labels, times }: FrameItem, intervals: Float64Array): Onset[] {
  const first = labels.findIndex((label) => label >= 0);
  return Array.from(intervals).flatMap((interval, place) => {
    const found: Onset[] = [];
    if (first < 0 || !Number.isFinite(interval)) return found;
    let next = times[first] + interval / 2;
    for (let frame = first + 1; frame < labels.length; frame++) {
      for (; next <= times[frame]; next += interval) {
        if (labels[frame] >= 0 && labels[frame - 1] >= 0) found.push({ class: place, time: next });
      }
    }
    return found;
  });
}

/** Seconds of a picture. */
const LONGEST = 6;
/** Rows that are shown, by their place from the worst to the best. */
const SHOWN = [0, 0.25, 0.5, 0.75, 1];

/** Writes `frames.json`: what each network said of each test row, and pictures of some from the worst to the best. */
export async function showFrames(
  run: Run,
  judged: readonly JudgedFrames[],
  { experiment, targets, manifest, items }: Omit<JudgeFramesOptions, "folds" | "leaks" | "seed">,
): Promise<void> {
  const input = openInput(experiment.input), { hop } = input.axes;
  const ranked = judged.map((one) => ({ one, right: shareRight(one) })).filter(({ right }) => right >= 0)
    .toSorted((a, b) => a.right - b.right);
  const places = new Set(ranked.length === 0 ? [] : SHOWN.map((share) => Math.round(share * (ranked.length - 1))));
  const shown: RunFrames["shown"] = [];
  for (const { one, right } of Array.from(places, (place) => ranked[place])) {
    const row = manifest.rows[one.row], { times } = items[one.row];
    const first = one.labels.findIndex((label) => label >= 0);
    const last = Math.min(times.length, first + Math.round(LONGEST / hop));
    const { values, width } = await readFrames(input, manifest.folder, row);
    const data = channelOf(values.slice(first * width, last * width), input);
    const picture = `examples/frames-${shown.length + 1}.npy`;
    await run.write(picture, formatNpy({ shape: [last - first, input.bands], data }));
    shown.push({
      ...{ recording: row.recording, subject: row.subject, right, picture },
      ...{ start: times[first], hop, frames: last - first, bands: input.bands, bandsHz: input.bandsHz },
      bandNames: input.bandsHz.length > 0 ? undefined : bandNames(input.axes),
      truth: Array.from(one.labels.subarray(first, last)),
      said: Array.from(one.predicted.subarray(first, last)),
    });
  }
  const rows = judged.map(({ row, files }) => {
    const { recording, start, end } = manifest.rows[row];
    return { recording, start, end, firstFrame: items[row].times[0], posteriors: files };
  });
  const classes = Object.keys(targets.classes);
  await run.save("frames", { version: 1, classes, framesPerSecond: 1 / hop, rows, shown });
}

/** Share of the known frames that were right; -1 where none is known. */
function shareRight({ labels, predicted }: JudgedFrames): number {
  const known = [...labels.keys()].filter((frame) => labels[frame] >= 0);
  return known.length === 0 ? -1 : known.filter((frame) => predicted[frame] === labels[frame]).length / known.length;
}
