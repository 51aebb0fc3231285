/** Points of a curve over falling thresholds: an example is called positive from the threshold on. */
export interface RocCurve {
  falsePositiveRate: number[];
  truePositiveRate: number[];
  /** The first is Infinity: nothing is called positive. */
  threshold: number[];
}

/** Every point of the ROC curve, one a distinct score (scikit-learn `roc_curve(drop_intermediate=False)`). */
export function rocCurve(positive: ArrayLike<number>, score: ArrayLike<number>): RocCurve {
  const { tp, fp, threshold } = cumulative(positive, score);
  const positives = tp.at(-1) ?? 0, negatives = fp.at(-1) ?? 0;
  return {
    falsePositiveRate: [0, ...fp.map((count) => count / negatives)],
    truePositiveRate: [0, ...tp.map((count) => count / positives)],
    threshold: [Infinity, ...threshold],
  };
}

/** Points of a precision-recall curve over rising thresholds, ended by (precision 1, recall 0). */
export interface PrecisionRecallCurve {
  precision: number[];
  recall: number[];
  threshold: number[];
}

/** Every point of the precision-recall curve (scikit-learn `precision_recall_curve`). */
export function precisionRecallCurve(positive: ArrayLike<number>, score: ArrayLike<number>): PrecisionRecallCurve {
  const { tp, fp, threshold } = cumulative(positive, score);
  const positives = tp.at(-1) ?? 0;
  return {
    precision: [...tp.map((count, i) => count / (count + fp[i])).reverse(), 1],
    recall: [...tp.map((count) => count / positives).reverse(), 0],
    threshold: threshold.toReversed(),
  };
}

function cumulative(positive: ArrayLike<number>, score: ArrayLike<number>) {
  const order = Array.from({ length: score.length }, (_, i) => i).sort((a, b) => score[b] - score[a]);
  const tp: number[] = [], fp: number[] = [], threshold: number[] = [];
  let hits = 0;
  order.forEach((i, at) => {
    hits += positive[i];
    if (at < order.length - 1 && score[order[at + 1]] === score[i]) return;
    tp.push(hits);
    fp.push(at + 1 - hits);
    threshold.push(score[i]);
  });
  return { tp, fp, threshold };
}
