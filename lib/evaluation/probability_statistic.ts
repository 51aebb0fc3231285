import { squaredDistance } from "./brier_score.ts";
import type { JudgedItems } from "./judged_items.ts";
import { surprise } from "./log_loss.ts";
import { oneVersusOne, ranking } from "./rank_scores.ts";
import { binOf, calibrationBins } from "./reliability.ts";
import type { ScoreStatistic } from "./score_statistic.ts";

/**
 * The scores of the probabilities: areas under the curves, log loss, Brier score and calibration error. `rocAuc` and
 * `averagePrecision` are those of the second of two classes, or the mean over the classes, all of which must occur.
 */
export function probabilityScores(items: JudgedItems, classes: readonly string[]): ScoreStatistic {
  const size = classes.length, binary = size === 2;
  const ranked = ranking({ ...items, size, only: binary ? [1] : undefined });
  const sums = lossStatistic(items, size);
  const perClass = binary ? [] : classes;
  const names = [
    "rocAuc",
    ...(binary ? [] : ["rocAucOvo"]),
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
      return [mean(auc), oneVersusOne(ranked.pairs, size), mean(ap), ...auc, ...ap, ...sums(weights)];
    },
  };
}

function mean(values: number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
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
