import { randomStream } from "../random/mod.ts";
import { clusterBootstrap } from "../statistics/mod.ts";
import { confusion, type PartMetrics, type Score, scoreInfo, type Scores, scoreStatistic } from "../scores/mod.ts";
import { matchOnsets } from "./match_onsets.ts";
import type { Onset } from "./onsets_of.ts";

/** What is told of onsets. */
export const onsetScores: readonly string[] = ["onsetF1", "onsetError"];

type ScoreAbout = NonNullable<Score["about"]>;

/** What is known and said of the frames of one recording. */
export interface FrameAnswers {
  subject: string;
  /** `[frames]`: true classes; -1 where none is known, which is not judged. */
  labels: Int32Array;
  /** `[frames]`: classes that were said. */
  predicted: Int32Array;
  /** True onsets by time. */
  onsets: readonly Onset[];
  /** Onsets that were said, by time. */
  found: readonly Onset[];
}

export interface FrameScoreOptions {
  classes: readonly string[];
  /** Classes whose onsets are judged, by place. @default {all} */
  onsetsOf?: readonly number[];
  /** How far from a true onset one may be found, s. */
  tolerance: number;
  /** Draws the resamples of subjects. */
  seed: number;
  /** @default {2000} */
  resamples?: number;
  /** Answers of the same recordings by what hears nothing. */
  floors?: Readonly<Record<string, readonly FrameAnswers[]>>;
}

/**
 * Scores of frames (recall of each class, macro F1, balanced accuracy, …) and of onsets: F1 of those that were found within
 * the tolerance, by maximum one-to-one matching, and their mean distance in milliseconds. Intervals are percentiles of
 * resampled subjects.
 *
 * @param answers One a recording; the count of a score is that of the recordings, which are items.
 */
export function frameScores(
  answers: readonly FrameAnswers[],
  options: FrameScoreOptions,
): { scores: Scores; confusion: PartMetrics["confusion"] } {
  const { classes, seed, resamples, floors = {} } = options;
  const subjects = new Map([...new Set(answers.map(({ subject }) => subject))].map((name, place) => [name, place]));
  const { names, about, statistic, counts } = statisticOf(answers, subjects, options);
  const { point, interval } = clusterBootstrap(statistic, {
    ...{ clusters: subjects.size, resamples },
    stream: randomStream(seed, "frames"),
  });
  const reached = Object.entries(floors).map(([name, said]) => {
    return [name, statisticOf(said, subjects, options).statistic(new Float64Array(subjects.size).fill(1))] as const;
  });
  const scores = names.map((name, i): [string, Score] => {
    const { floor: readable, better } = about[i] ?? scoreInfo(name);
    const { low, high } = interval(i);
    const own = readable ? reached.filter(([, values]) => Number.isFinite(values[i])) : [];
    const values = own.map(([, values]) => values[i]);
    const best = better === "lower" ? Math.min(...values) : Math.max(...values);
    const is = Number.isFinite(point[i]), spread = is && subjects.size > 1 && Number.isFinite(low);
    return [name, {
      value: is ? point[i] : null,
      low: spread ? low : null,
      high: spread ? high : null,
      ...{ level: 0.95, n: answers.length, unit: "item" },
      ...spread ? { method: "percentile" } : {},
      floor: values.length > 0 ? best : null,
      floors: Object.fromEntries(own.map(([floor, values]) => [floor, values[i]])),
      ...about[i] ? { about: about[i] } : {},
      ...is ? {} : { reason: "nothing of it was there to be judged" },
    }];
  });
  return { scores: Object.fromEntries(scores), confusion: { classes: [...classes], counts } };
}

/** All scores as a function of how often each subject counts. */
function statisticOf(
  answers: readonly FrameAnswers[],
  subjects: ReadonlyMap<string, number>,
  options: FrameScoreOptions,
) {
  const { classes } = options;
  const known = answers.map(({ labels }) => labels.reduce((sum, label) => sum + Number(label >= 0), 0));
  const total = known.reduce((sum, count) => sum + count, 0);
  const [labels, predicted, clusters] = [0, 1, 2].map(() => new Int32Array(total));
  let at = 0;
  for (const one of answers) {
    one.labels.forEach((label, frame) => {
      if (label < 0) return;
      labels[at] = label;
      predicted[at] = one.predicted[frame];
      clusters[at++] = subjects.get(one.subject)!;
    });
  }
  const items = { labels, predicted, clusters, probabilities: new Float64Array(0) };
  const frames = scoreStatistic(items, { classes, asked: [] }, (_, from) => from === confusion);
  const { counts } = confusion(items, classes)(new Float64Array(subjects.size).fill(1));
  const onsets = onsetStatistic(answers, subjects, options);
  return {
    names: [...frames.names, ...onsets.names],
    about: [...frames.names.map(() => undefined), ...onsets.about],
    statistic: (weights: Float64Array) => [...Array.from(frames.statistic(weights)), ...onsets.statistic(weights)],
    counts: classes.map((_, t) => Array.from(counts.subarray(t * classes.length, (t + 1) * classes.length))),
  };
}

/** Of onsets: F1 of all and of each class, and the mean distance of those that were found. */
function onsetStatistic(
  answers: readonly FrameAnswers[],
  subjects: ReadonlyMap<string, number>,
  { classes, tolerance, onsetsOf = [...classes.keys()] }: FrameScoreOptions,
) {
  // Of each subject and class: pairs, onsets of either side, sum of the distances.
  const sums = Array.from(subjects, () => onsetsOf.map(() => [0, 0, 0]));
  for (const { subject, onsets, found } of answers) {
    onsetsOf.forEach((place, c) => {
      const [own, said] = [onsets, found].map((list) =>
        list.filter((onset) => onset.class === place).map(({ time }) => time)
      );
      const pairs = matchOnsets(own, said, tolerance), sum = sums[subjects.get(subject)!][c];
      sum[0] += pairs.length;
      sum[1] += own.length + said.length;
      sum[2] += pairs.reduce((distance, [a, b]) => distance + Math.abs(own[a] - said[b]), 0);
    });
  }
  const within = `${Math.round(1000 * tolerance)} ms`;
  const f1 = (title: string): ScoreAbout => ({
    ...{ title, meaning: `share of onsets that pair off within ${within}` },
    ...{ better: "higher", range: [0, 1], floor: true },
  });
  const error: ScoreAbout = {
    ...{ title: "onset error (ms)", meaning: `mean distance of those within ${within}` },
    ...{ better: "lower", range: [0, null], floor: true },
  };
  return {
    names: [...onsetScores, ...onsetsOf.map((place) => `onsetF1/${classes[place]}`)],
    about: [f1("F1 of onsets"), error, ...onsetsOf.map((place) => f1(`F1 of onsets, ${classes[place]}`))],
    statistic(weights: Float64Array): number[] {
      const byClass = onsetsOf.map((_, c) =>
        [0, 1, 2].map((k) => sums.reduce((sum, of, s) => sum + weights[s] * of[c][k], 0))
      );
      const [pairs, both, distance] = [0, 1, 2].map((k) => byClass.reduce((sum, of) => sum + of[k], 0));
      return [2 * pairs / both, 1000 * distance / pairs, ...byClass.map(([pairs, both]) => 2 * pairs / both)];
    },
  };
}
