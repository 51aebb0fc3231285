import {
  accuracy,
  averageOverClasses,
  balancedAccuracy,
  type ClassScore,
  type Confusion,
  f1,
  kappa,
  mcc,
  precision,
  recall,
  specificity,
  truthCount,
} from "./confusion_matrix.ts";
import type { JudgedCounts, JudgedItems, ScoreDefinition, Summary } from "./define_score.ts";
import { defineScore } from "./define_score.ts";

/** The weighted confusion, from the few cells that each subject fills. */
export const confusion: Summary<JudgedCounts> = ({ labels, predicted, clusters }, classes) => {
  const size = classes.length, cells = new Map<number, number>();
  labels.forEach((label, i) => {
    const key = (clusters[i] * size + label) * size + predicted[i];
    cells.set(key, (cells.get(key) ?? 0) + 1);
  });
  const keys = Array.from(cells.keys());
  const cluster = Int32Array.from(keys, (key) => Math.floor(key / (size * size)));
  const cell = Int32Array.from(keys, (key) => key % (size * size));
  const count = Float64Array.from(cells.values()), counts = new Float64Array(size * size);
  return (weights) => {
    counts.fill(0);
    for (let i = 0; i < cell.length; i++) counts[cell[i]] += weights[cluster[i]] * count[i];
    return { size, counts, classes };
  };
};

const ofCounts: Record<string, Omit<ScoreDefinition<JudgedCounts>, "name" | "from">> = {
  balancedAccuracy: {
    title: "balanced accuracy",
    meaning: "mean over the classes of the share that was found",
    shown: "headline",
    value: ofSeveral(balancedAccuracy),
  },
  accuracy: { title: "accuracy", meaning: "share of all that was right", shown: "headline", value: accuracy },
  sensitivity: {
    title: "sensitivity",
    meaning: "share of the abnormal that was found",
    shown: "usual",
    floor: false,
    needs: twoClasses,
    value: (counts) => recall(counts, 1),
  },
  specificity: {
    title: "specificity",
    meaning: "share of the healthy that was called healthy",
    shown: "usual",
    floor: false,
    needs: twoClasses,
    value: (counts) => specificity(counts, 1),
    ofClass: specificity,
  },
  recall: { title: "recall", meaning: "share of the class that was found", floor: false, ofClass: recall },
  precision: {
    title: "precision",
    meaning: "share of what was called so that was so",
    floor: false,
    ofClass: precision,
  },
  f1: {
    title: "F1",
    meaning: "harmonic mean of precision and recall",
    ofClass: (counts, c) => truthCount(counts, c) === 0 ? NaN : f1(counts, c),
  },
  f1Macro: { title: "macro F1", meaning: "mean over the classes of F1", shown: "usual", value: mean(f1) },
  f1Weighted: {
    title: "weighted F1",
    meaning: "mean of F1 over the classes, by their size",
    value: mean(f1, "weighted"),
  },
  precisionMacro: { title: "macro precision", meaning: "mean over the classes of precision", value: mean(precision) },
  mcc: {
    title: "MCC",
    meaning: "correlation of said and true (Matthews), 0 for guessing",
    range: [-1, 1],
    shown: "usual",
    value: ofSeveral(mcc),
  },
  kappa: { title: "Cohen's kappa", meaning: "agreement beyond chance", range: [-1, 1], value: ofSeveral(kappa) },
};

/** The scores of the answers that every run has. */
export const confusionScores = Object.entries(ofCounts).map(([name, score]) =>
  defineScore({ name, ...score, from: confusion })
);

function mean(score: ClassScore, average: "macro" | "weighted" = "macro"): (counts: Confusion) => number {
  return ofSeveral((counts) => averageOverClasses(counts, score, average));
}

/** Of one class alone in the truth, a mean over classes or an agreement says nothing. */
function ofSeveral(score: (counts: Confusion) => number): (counts: Confusion) => number {
  return (counts) => {
    const present = Array.from({ length: counts.size }, (_, c) => truthCount(counts, c)).filter((count) => count > 0);
    return present.length < 2 ? NaN : score(counts);
  };
}

function twoClasses(classes: readonly string[]): string | undefined {
  return classes.length === 2 ? undefined : "it needs two classes";
}

/** The answers themselves, each as often as its subject counts. */
export interface JudgedAnswers extends Omit<JudgedItems, "clusters"> {
  classes: readonly string[];
}

/** Labels, answers and probabilities, for scores that counts don't tell. */
export const answers: Summary<JudgedAnswers> = ({ labels, predicted, probabilities, clusters }, classes) => {
  const size = classes.length;
  return (weights) => {
    const items: number[] = [];
    clusters.forEach((cluster, i) => {
      for (let times = weights[cluster]; times > 0; times--) items.push(i);
    });
    const rows = new Float64Array(items.length * size);
    items.forEach((i, at) => rows.set(probabilities.subarray(i * size, (i + 1) * size), at * size));
    return {
      classes,
      labels: Int32Array.from(items, (i) => labels[i]),
      predicted: Int32Array.from(items, (i) => predicted[i]),
      probabilities: rows,
    };
  };
};
