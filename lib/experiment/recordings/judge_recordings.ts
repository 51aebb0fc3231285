import { beforeLastLayer } from "../../engines/mod.ts";
import { clusterBootstrap } from "../../statistics/mod.ts";
import type { Score, Scores } from "../../scores/mod.ts";
import { buildModel } from "../../models/mod.ts";
import { randomStream } from "../../random/mod.ts";
import type { Run } from "../../runs/mod.ts";
import { type Fold, subjectKey } from "../../splits/mod.ts";
import { featureStatistics, runWindows } from "../../training/mod.ts";
import type { RecordingTargets } from "../describe/targets.ts";
import type { FinishedFold } from "../finish_fold.ts";
import { FEW, type JudgeRunOptions, plainMetrics } from "../judge/judge_run.ts";
import type { LabelledWindows } from "../prepare/labelled_windows.ts";
import { cosine, type RecordingPair, recordingPairs, retrieve } from "./retrieval.ts";
import { bothOf, FOUND, pairedWindows } from "./train_recordings.ts";

type JudgeRecordingsOptions = JudgeRunOptions & { targets: RecordingTargets };

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

/** Writes `metrics.json`: how often the test part's recordings are found, beside what finds them without having learned. */
export async function judgeRecordings(
  run: Run,
  finished: readonly FinishedFold[],
  options: JudgeRecordingsOptions,
): Promise<void> {
  const { experiment, folds, seed } = options;
  const judged = finished.flatMap(({ predictions }, fold) =>
    predictions.filter(({ part }) => part === "test").map((one): Found => {
      const { recording, predicted } = one;
      return { fold, recording, subject: subjectKey(one), found: predicted === FOUND[0] };
    })
  );
  const floors: Floors[] = [];
  for (const fold of folds) floors.push(await floorsOf(fold, options));
  const scoresOf = (own: readonly Found[], floors: readonly Floors[], resamples: number): Scores => {
    const total = floors.reduce((sum, { count }) => sum + count, 0);
    const mean = (name: string) => floors.reduce((sum, { rates, count }) => sum + rates[name] * count, 0) / total;
    const reached = Object.fromEntries(Object.keys(floors[0].rates).map((name) => [name, mean(name)]));
    const floor = Math.max(...Object.values(reached));
    return { retrieval: { ...share(own, { seed, resamples }), floor, floors: reached, about: ABOUT } };
  };
  const found = judged.filter(({ found }) => found).length;
  const metrics = plainMetrics({
    pooled: scoresOf(judged, floors, experiment.evaluation.resamples),
    each: floors.map((own, i) => scoresOf(judged.filter(({ fold }) => fold === i), [own], FEW)),
    confusion: { classes: [...FOUND], counts: [[found, judged.length - found], [0, 0]] },
    note:
      "Finding a recording again tells what the network can hear, not what it is worth for a class: begin a run with it.",
  }, options);
  await run.save("metrics", metrics);
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

/** How often each floor finds the second crop of how many recordings. */
interface Floors {
  rates: Record<string, number>;
  count: number;
}

/** What finds the test part's recordings without having learned: chance, the same network as it was drawn, the mean spectrum. */
async function floorsOf(
  fold: Fold,
  { experiment, targets, manifest, windows }: JudgeRecordingsOptions,
): Promise<Floors> {
  const { candidates, dimension } = targets, { seed } = fold;
  const pairs = recordingPairs(windows, manifest.rows, { of: fold.test, candidates, seed });
  const indices = bothOf(pairs);
  const source = pairedWindows(windows, manifest, 2 * dimension);
  const statistics = featureStatistics(source, windows.of(fold.train));
  const model = await buildModel(experiment.model, { ...source, seed });
  const drawn = await runWindows(await beforeLastLayer(model), { source, indices, statistics });
  model.dispose();
  const finding = ({ values, width }: { values: Float32Array; width: number }) =>
    retrieve(pairs, cosine(values, width)).filter(({ found }) => found).length / pairs.length;
  const beside = ({ group }: RecordingPair) => pairs.filter((pair) => pair.group === group).length;
  const rates = {
    chance: pairs.reduce((sum, pair) => sum + 1 / beside(pair), 0) / pairs.length,
    "random-network": finding(drawn),
    "mean-spectrum": finding(meanSpectra(windows, indices)),
  };
  return { rates, count: pairs.length };
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
