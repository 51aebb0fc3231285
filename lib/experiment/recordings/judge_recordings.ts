import { beforeLastLayer } from "../../engines/mod.ts";
import { clusterBootstrap } from "../../statistics/mod.ts";
import { type Score, type Scores } from "../../scores/mod.ts";
import { buildModel } from "../../models/mod.ts";
import { randomStream } from "../../random/mod.ts";
import type { Run } from "../../runs/mod.ts";
import { type Fold, subjectKey } from "../../splits/mod.ts";
import { featureStatistics, runWindows } from "../../training/mod.ts";
import type { RecordingTargets } from "../describe/recording_targets.ts";
import type { FinishedFold } from "../finish_fold.ts";
import type { JudgeRunOptions } from "../judge/judge_run.ts";
import type { LabelledWindows } from "../prepare/labelled_windows.ts";
import { passedOver } from "../prepare/passed_over.ts";
import { cosine, type RecordingPair, recordingPairs, retrieve } from "./retrieval.ts";
import { bothOf, FOUND, pairedWindows } from "./train_recordings.ts";

/** What {@linkcode judgeRecordings} needs beside what the folds left. */
export interface JudgeRecordingsOptions
  extends Pick<JudgeRunOptions, "experiment" | "manifest" | "windows" | "folds" | "leaks" | "seed"> {
  targets: RecordingTargets;
}

/** Whether a recording was found, by whom, and which subject it is of. */
interface Found {
  fold: number;
  recording: string;
  subject: string;
  found: boolean;
}

const ABOUT: NonNullable<Score["about"]> = {
  title: "retrieval accuracy",
  meaning: "share of recordings whose second crop is found by the first, among as many as stand together",
  ...{ better: "higher", range: [0, 1], floor: true },
};

/** Resamples of the subjects of a single fold, whose interval nobody reads. */
const FEW = 100;

/** Writes `metrics.json`: how often the test part's recordings are found, beside what finds them without having learned. */
export async function judgeRecordings(
  run: Run,
  finished: readonly FinishedFold[],
  options: JudgeRecordingsOptions,
): Promise<void> {
  const { experiment, manifest, folds, leaks, seed } = options;
  const judged = finished.flatMap(({ predictions }, fold) =>
    predictions.filter(({ part }) => part === "test")
      .map((one): Found => ({
        fold,
        recording: one.recording,
        subject: subjectKey(one),
        found: one.predicted === FOUND[0],
      }))
  );
  const floors = new Map<string, { fold: number; rate: number; count: number }[]>();
  for (const [fold, one] of folds.entries()) {
    for (const [name, { rate, count }] of Object.entries(await floorsOf(one, options))) {
      floors.set(name, [...floors.get(name) ?? [], { fold, rate, count }]);
    }
  }
  const scoresOf = (keep: (fold: number) => boolean, resamples: number): Scores => {
    const own = judged.filter(({ fold }) => keep(fold));
    const reached = Array.from(floors, ([name, of]) => {
      const kept = of.filter(({ fold }) => keep(fold));
      const total = kept.reduce((sum, { count }) => sum + count, 0);
      return [name, kept.reduce((sum, { rate, count }) => sum + rate * count, 0) / total] as const;
    });
    return { retrieval: { ...share(own, { seed, resamples }), ...floor(reached) } };
  };
  const found = judged.filter(({ found }) => found).length;
  await run.save("metrics", {
    version: 1,
    classes: [...FOUND],
    parts: {
      test: {
        pooled: { item: scoresOf(() => true, experiment.evaluation.resamples) },
        folds: folds.map(({ fold, seed }, i) => ({ fold, seed, scores: scoresOf((one) => one === i, FEW) })),
        ...{ sources: [], sourceMean: {} },
        confusion: { classes: [...FOUND], counts: [[found, judged.length - found], [0, 0]] },
      },
    },
    ...leaks.length > 0 ? { leaks: [...leaks] } : {},
    warnings: [
      "Finding a recording again tells what the network can hear, not what it is worth for a class: begin a run with it.",
      ...manifest.warnings ?? [],
      ...passedOver(manifest),
    ],
  });
}

/** The share that was found, and its interval over subjects. */
function share(judged: readonly Found[], { seed, resamples }: { seed: number; resamples: number }) {
  const names = [...new Set(judged.map(({ subject }) => subject))];
  const clusters = judged.map(({ subject }) => names.indexOf(subject));
  const { point, interval } = clusterBootstrap((weights) => {
    let sum = 0, total = 0;
    judged.forEach(({ found }, i) => {
      sum += weights[clusters[i]] * Number(found);
      total += weights[clusters[i]];
    });
    return [sum / total];
  }, { clusters: names.length, resamples, stream: randomStream(seed, "recordings") });
  const { low, high } = interval(0);
  const several = names.length > 1;
  return {
    value: point[0],
    ...several ? { low, high, method: "percentile" as const } : { low: null, high: null, reason: "one subject alone" },
    ...{ level: 0.95, n: new Set(judged.map(({ recording }) => recording)).size, unit: "item" as const },
  };
}

function floor(reached: readonly (readonly [string, number])[]) {
  return { floor: Math.max(...reached.map(([, value]) => value)), floors: Object.fromEntries(reached), about: ABOUT };
}

/** What finds the test part's recordings without having learned: chance, the same network as it was drawn, the mean spectrum. */
async function floorsOf(
  fold: Fold,
  { experiment, targets, manifest, windows }: JudgeRecordingsOptions,
): Promise<Record<string, { rate: number; count: number }>> {
  const { candidates, dimension } = targets, { seed } = fold;
  const pairs = recordingPairs(windows, manifest.rows, { of: fold.test, candidates, seed });
  const indices = bothOf(pairs);
  const source = pairedWindows(windows, manifest, 2 * dimension);
  const statistics = featureStatistics(source, windows.of(fold.train));
  const model = await buildModel(experiment.model, { ...source, seed });
  const drawn = await runWindows(await beforeLastLayer(model), { source, indices, statistics });
  model.dispose();
  const rate = (of: number) => ({ rate: of, count: pairs.length });
  const finding = ({ values, width }: { values: Float32Array; width: number }) =>
    rate(retrieve(pairs, cosine(values, width)).filter(({ found }) => found).length / pairs.length);
  return {
    chance: rate(pairs.reduce((sum, pair) => sum + 1 / sizeOf(pairs, pair), 0) / pairs.length),
    "random-network": finding(drawn),
    "mean-spectrum": finding(meanSpectra(windows, indices)),
  };
}

function sizeOf(pairs: readonly RecordingPair[], { group }: RecordingPair): number {
  return pairs.filter((pair) => pair.group === group).length;
}

/** Mean of each channel of each band of some windows, `[count, width]`. */
function meanSpectra({ frames, bands, channels, read }: LabelledWindows, indices: Int32Array) {
  const width = bands * channels;
  const window = new Float32Array(frames * width), values = new Float32Array(indices.length * width);
  indices.forEach((index, i) => {
    read(index, window, 0);
    window.forEach((value, at) => values[i * width + at % width] += value / frames);
  });
  return { values, width };
}
