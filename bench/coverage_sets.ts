import { type JudgedItems, scoreStatistic } from "../lib/scores/mod.ts";
import { normalQuantile } from "../lib/statistics/mod.ts";
import { type RandomStream, randomStream } from "../lib/random/mod.ts";

/** A kind of study: who is judged, and how well. */
export interface CoverageCell {
  /** Subjects of each class; those of a task of events have items of every class, and are counted once. */
  subjects: readonly number[];
  /** Whether each subject has items of every class. */
  events: boolean;
  /** Area under the ROC curve of one class against another. */
  auc: number;
  /** Mean number of items a subject: 1, or any number from 1 to twice that less 1. */
  items: number;
  /** Share of the noise that a subject's items have in common. */
  correlation: number;
}

/** Networks are surer than they are right: their logits are larger by this than the likelihood allows. */
const overconfidence = 1.5;
/** Share of the noise that two networks have in common. */
const alike = 0.5;
/** Items of each class that the true scores are computed from. */
const many = 100_000;

/** What is drawn: the answers of two networks on the same items. */
export type CoverageSet = [JudgedItems, JudgedItems];

/**
 * Draws subjects and the answers of two networks that are equally good. A network sees `distance * [c = label] + noise` for
 * each class, of which a part is the subject's, and answers by softmax: the area under the curve of a pair is Φ(distance).
 */
export function drawSet(cell: CoverageCell, stream: RandomStream): CoverageSet {
  const { subjects, events, auc, items, correlation } = cell, size = events ? 4 : subjects.length;
  const distance = normalQuantile(auc);
  const labels: number[] = [], clusters: number[] = [];
  const seen: number[][] = [[], []];
  const noise = (scale: number) => {
    const common = Array.from({ length: size }, () => stream.normal());
    return seen.map(() => common.map((z) => scale * (Math.sqrt(alike) * z + Math.sqrt(1 - alike) * stream.normal())));
  };
  const classOf = subjects.flatMap((count, c) => Array<number>(count).fill(c));
  classOf.forEach((c, subject) => {
    const own = noise(Math.sqrt(correlation)), count = items === 1 ? 1 : 1 + stream.integer(2 * items - 1);
    for (let i = 0; i < count; i++) {
      const label = events ? stream.integer(size) : c, of = noise(Math.sqrt(1 - correlation));
      labels.push(label);
      clusters.push(subject);
      seen.forEach((logits, k) =>
        of[k].forEach((z, other) => logits.push(distance * Number(other === label) + z + own[k][other]))
      );
    }
  });
  return seen.map((logits) => answers({ labels, clusters, logits, size, distance })) as CoverageSet;
}

/** The scores that a network has on all there could be, of many items, with each class as frequent as in the sets. */
export function trueScores(
  { auc, classes, asked }: { auc: number; classes: readonly string[]; asked: readonly string[] },
): (cell: CoverageCell) => Map<string, number> {
  const size = classes.length, distance = normalQuantile(auc);
  const stream = randomStream(0, "bench/coverage/truth");
  const labels = Array.from({ length: size * many }, (_, i) => i % size);
  const logits = labels.flatMap((label) => classes.map((_, c) => distance * Number(c === label) + stream.normal()));
  const items = answers({ labels, clusters: labels, logits, size, distance });
  const { names, statistic } = scoreStatistic(items, { classes, asked });
  return ({ events, subjects }) => {
    const values = statistic(Float64Array.from(classes, (_, c) => events ? 1 : subjects[c]));
    return new Map(names.map((name, i) => [name, values[i]]));
  };
}

function answers(
  { labels, clusters, logits, size, distance }: {
    labels: readonly number[];
    clusters: readonly number[];
    logits: readonly number[];
    size: number;
    distance: number;
  },
): JudgedItems {
  const predicted = new Int32Array(labels.length), probabilities = new Float64Array(logits.length);
  for (let i = 0; i < labels.length; i++) {
    const row = probabilities.subarray(i * size, (i + 1) * size);
    for (let c = 0; c < size; c++) row[c] = Math.exp(overconfidence * distance * logits[i * size + c]);
    const sum = row.reduce((a, b) => a + b, 0);
    for (let c = 0; c < size; c++) row[c] /= sum;
    predicted[i] = row.indexOf(Math.max(...row));
  }
  return { labels: Int32Array.from(labels), predicted, probabilities, clusters: Int32Array.from(clusters) };
}
