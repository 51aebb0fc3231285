import { defineScore, type JudgedItems, type ScoreDefinition, type Summary } from "./define_score.ts";
import { oneVersusOne, Ranking, type RankScores } from "../statistics/rank_scores.ts";

/** Areas of each class, and what they are averaged by. */
interface Ranked extends Pick<Ranking, "pairs" | "totals"> {
  size: number;
  of: RankScores[];
}

/** Areas under the curves of each class; of two classes only the second's. */
const ranked: Summary<Ranked> = (items, { length: size }) => {
  const ranking = new Ranking({ ...items, size, only: size === 2 ? [1] : undefined });
  return (weights) => ({ size, of: ranking.scores(weights), pairs: ranking.pairs, totals: ranking.totals });
};

/** Means over the items. */
interface Losses {
  log: number;
  brier: number;
  calibration: number;
  secondBest: number; // share whose truth is among the two likeliest
}

const calibrationBins = 15; // number of equal bins in the expected calibration error (Guo et al. 2017)

/** The probability that an imagined wrong answer leaves to the true class, where a 0 would cost without end. */
const leastProbability = 0.05;

const ofRanks: Record<string, Omit<ScoreDefinition<Ranked>, "name" | "from">> = {
  rocAuc: {
    title: "ROC AUC",
    meaning: "chance that a positive ranks above a negative",
    shown: "headline",
    smooth: true,
    value: ({ size, of }) => size === 2 ? of[1].auc : mean(of.map(({ auc }) => auc)),
    ofClass: ({ of }, c) => of[c].auc,
    classesFrom: 3,
  },
  rocAucWeighted: {
    title: "weighted ROC AUC",
    meaning: "mean over the classes of ROC AUC, by their size",
    smooth: true,
    needs: threeClasses,
    value: ({ of, totals }) => weightedMean(of.map(({ auc }) => auc), totals),
  },
  rocAucOvo: {
    title: "ROC AUC, one against one",
    meaning: "mean over all pairs of classes (Hand and Till)",
    smooth: true,
    needs: threeClasses,
    value: ({ pairs, size }) => oneVersusOne(pairs, size),
  },
  rocAucOvoWeighted: {
    title: "weighted ROC AUC, one against one",
    meaning: "mean over all pairs of classes, by their size",
    smooth: true,
    needs: threeClasses,
    value: ({ pairs, size, totals }) => oneVersusOne(pairs, size, totals),
  },
  averagePrecision: {
    title: "average precision",
    meaning: "area below precision by recall",
    smooth: true,
    // A single false alarm above all halves the first precisions: it counts as it does in the area under the ROC curve.
    doubt: { as: "rocAuc" },
    value: ({ size, of }) => size === 2 ? of[1].averagePrecision : mean(of.map((one) => one.averagePrecision)),
    ofClass: ({ of }, c) => of[c].averagePrecision,
    classesFrom: 3,
  },
};

const ofLosses: Record<string, Omit<ScoreDefinition<Losses>, "name" | "from">> = {
  top2Accuracy: {
    title: "top-two accuracy",
    meaning: "share whose class was among the two likeliest",
    needs: threeClasses,
    value: ({ secondBest }) => secondBest,
  },
  logLoss: {
    title: "log loss",
    meaning: "surprise at the truth, in nats",
    better: "lower",
    range: [0, Infinity],
    interval: "count",
    doubt: { each: -Math.log(leastProbability) },
    value: ({ log }) => log,
  },
  brier: {
    title: "Brier score",
    meaning: "squared distance of probabilities from the truth",
    better: "lower",
    range: [0, Infinity],
    interval: "count",
    value: ({ brier }) => brier,
  },
  ece: {
    title: "calibration error",
    meaning: "mean distance of probability from frequency",
    better: "lower",
    shown: "usual",
    floor: false,
    interval: { none: "no interval covers it: bins of few items err by chance, so that it comes out too large" },
    value: ({ calibration }) => calibration,
  },
};

/** The scores of the probabilities that every run has. */
export const probabilityScores = [
  ...Object.entries(ofRanks).map(([name, score]) => defineScore({ name, ...score, from: ranked })),
  ...Object.entries(ofLosses).map(([name, score]) => defineScore({ name, ...score, from: losses })),
];

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

/** Leaves out what has no weight: the area of a class that doesn't occur. */
function weightedMean(values: readonly number[], weights: Float64Array): number {
  let sum = 0, total = 0;
  values.forEach((value, i) => {
    if (weights[i] > 0) sum += weights[i] * value;
    total += weights[i];
  });
  return sum / total;
}

function threeClasses(classes: readonly string[]): string | undefined {
  return classes.length > 2 ? undefined : "it needs three classes or more";
}

/** Log loss, Brier score, calibration error of the top class and top-two accuracy, item by item. */
function losses({ labels, probabilities, clusters }: JudgedItems, { length: size }: readonly string[]) {
  const n = labels.length;
  const loss = new Float64Array(n), distance = new Float64Array(n), second = new Uint8Array(n);
  const bin = new Int32Array(n), gap = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const row = probabilities.subarray(i * size, (i + 1) * size), own = row[labels[i]];
    const top = row.indexOf(row.reduce((most, p) => Math.max(most, p)));
    loss[i] = surprise(own);
    // The sum over the classes, 0 … 2; for two the customary half of it (Brier 1950).
    distance[i] = row.reduce((sum, p, c) => sum + (p - Number(c === labels[i])) ** 2, 0) / (size === 2 ? 2 : 1);
    // Of equal ones the later comes first, as in scikit-learn.
    second[i] = Number(row.filter((p, c) => p > own || (p === own && c > labels[i])).length < 2);
    // Closed on the right; a confidence within 1e-9 above an edge counts as on it.
    bin[i] = Math.min(calibrationBins - 1, Math.max(0, Math.ceil(row[top] * calibrationBins - 1e-9) - 1));
    gap[i] = Number(top === labels[i]) - row[top];
  }
  const gaps = new Float64Array(calibrationBins);
  return (weights: Float64Array): Losses => {
    gaps.fill(0);
    let total = 0, log = 0, brier = 0, hits = 0;
    for (let i = 0; i < n; i++) {
      const w = weights[clusters[i]];
      total += w;
      log += w * loss[i];
      brier += w * distance[i];
      hits += w * second[i];
      gaps[bin[i]] += w * gap[i];
    }
    // Σ n_b / N |accuracy_b - confidence_b| = Σ |Σ (right - confidence)| / N
    const calibration = gaps.reduce((sum, value) => sum + Math.abs(value), 0) / total;
    return { log: log / total, brier: brier / total, calibration, secondBest: hits / total };
  };
}

/**
 * Mean negative logarithm of the probability that the true class was given, clipped to 2⁻⁵² from either end as
 * scikit-learn does for doubles.
 *
 * @param probabilities `[n, size]`, row-major.
 */
export function logLoss(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  { size }: { size: number },
): number {
  let sum = 0;
  for (let i = 0; i < labels.length; i++) sum += surprise(probabilities[i * size + labels[i]]);
  return sum / labels.length;
}

/** Negative logarithm of a probability, at most 36.04. */
function surprise(probability: number): number {
  return -Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability)));
}
