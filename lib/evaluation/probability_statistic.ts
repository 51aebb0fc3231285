import { squaredDistance } from "./brier_score.ts";
import type { JudgedItems } from "./judged_items.ts";
import { surprise } from "./log_loss.ts";
import { oneVersusOne, ranking } from "./rank_scores.ts";
import { binOf, calibrationBins } from "./reliability.ts";
import type { ScoreStatistic } from "./score_statistic.ts";

/**
 * The scores of the probabilities: areas under the curves, log loss, Brier score and calibration error. `rocAuc` and
 * `averagePrecision` are those of the second of two classes, or the mean over the classes, all of which must occur;
 * `rocAucWeighted` and `rocAucOvoWeighted` are means by the size of classes that do.
 */
export function probabilityScores(items: JudgedItems, classes: readonly string[]): ScoreStatistic {
  const size = classes.length, binary = size === 2;
  const ranked = ranking({ ...items, size, only: binary ? [1] : undefined });
  const sums = lossStatistic(items, size);
  const second = binary ? undefined : shareInTop(2, items, size), { pairs, totals } = ranked;
  const perClass = binary ? [] : classes;
  const names = [
    "rocAuc",
    ...(binary ? [] : ["rocAucWeighted", "rocAucOvo", "rocAucOvoWeighted", "top2Accuracy"]),
    "averagePrecision",
    ...perClass.map((name) => `rocAuc/${name}`),
    ...perClass.map((name) => `averagePrecision/${name}`),
    "logLoss",
    "brier",
    "ece",
  ];
  return {
    names,
    statistic(weights) {
      const scores = ranked.scores(weights);
      if (binary) return [scores[1].auc, scores[1].averagePrecision, ...sums(weights)];
      const auc = scores.map((score) => score.auc), ap = scores.map((score) => score.averagePrecision);
      const several = [
        weightedMean(auc, totals),
        oneVersusOne(pairs, size),
        oneVersusOne(pairs, size, totals),
        second!(weights),
      ];
      return [mean(auc), ...several, mean(ap), ...auc, ...ap, ...sums(weights)];
    },
  };
}

function mean(values: number[]): number {
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

/**
 * Share of the items whose truth is among the `k` likeliest classes, from sums by subject; of equal ones the later comes
 * first, as in scikit-learn.
 */
function shareInTop(k: number, { labels, probabilities, clusters }: JudgedItems, size: number) {
  const subjects = clusters.reduce((most, cluster) => Math.max(most, cluster + 1), 0);
  const hits = new Float64Array(subjects), counts = new Float64Array(subjects);
  labels.forEach((label, i) => {
    const own = probabilities[i * size + label];
    let before = 0;
    for (let c = 0; c < size; c++) {
      const p = probabilities[i * size + c];
      before += Number(p > own || (p === own && c > label));
    }
    hits[clusters[i]] += Number(before < k);
    counts[clusters[i]]++;
  });
  return (weights: Float64Array): number => {
    let sum = 0, total = 0;
    for (let subject = 0; subject < subjects; subject++) {
      sum += weights[subject] * hits[subject];
      total += weights[subject] * counts[subject];
    }
    return sum / total;
  };
}

/** Log loss, Brier score and expected calibration error of the top class, from sums by subject. */
function lossStatistic({ labels, probabilities, clusters }: JudgedItems, size: number) {
  const n = labels.length;
  const loss = new Float64Array(n), distance = new Float64Array(n);
  const bin = new Int32Array(n), gap = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let top = 0;
    for (let c = 1; c < size; c++) if (probabilities[i * size + c] > probabilities[i * size + top]) top = c;
    const confidence = probabilities[i * size + top];
    loss[i] = surprise(probabilities[i * size + labels[i]]);
    distance[i] = squaredDistance(probabilities, i, { size, label: labels[i] });
    bin[i] = binOf(confidence);
    gap[i] = Number(top === labels[i]) - confidence;
  }
  const gaps = new Float64Array(calibrationBins);
  return (weights: Float64Array): [number, number, number] => {
    gaps.fill(0);
    let total = 0, losses = 0, distances = 0;
    for (let i = 0; i < n; i++) {
      const w = weights[clusters[i]];
      total += w;
      losses += w * loss[i];
      distances += w * distance[i];
      gaps[bin[i]] += w * gap[i];
    }
    // Σ n_b / N |accuracy_b - confidence_b| = Σ |Σ (right - confidence)| / N
    return [losses / total, distances / total, gaps.reduce((sum, value) => sum + Math.abs(value), 0) / total];
  };
}
