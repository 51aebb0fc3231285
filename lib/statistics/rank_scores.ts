/** Areas under the curves of one class against the others. */
export interface RankScores {
  /** ROC AUC against all other classes together; NaN where either side is missing. */
  auc: number;
  /** Average precision; NaN where the class is missing. */
  averagePrecision: number;
}

/** What a {@linkcode Ranking} sorts. */
export interface RankingInput {
  /** Class of each example. */
  labels: ArrayLike<number>;
  /** `[n, size]`, row-major. */
  probabilities: ArrayLike<number>;
  size: number;
  /** Cluster of each example. */
  clusters: ArrayLike<number>;
  /** Classes to score; the others' entries stay NaN. All of them where left out. */
  only?: readonly number[];
}

/** The examples by falling score of class `c`. */
interface Column {
  c: number;
  cluster: Uint32Array;
  label: Uint8Array;
  last: Uint8Array; // 1 where the next example has another score
}

/**
 * Areas under the curves of every class, for any weights of the clusters that the examples belong to. Sorted once, so that
 * weighted areas take one pass over the examples: ROC AUC by the Mann-Whitney count with ties as half (Hanley & McNeil
 * 1982), average precision as the sum of (R_n - R_{n-1}) P_n without interpolation.
 */
export class Ranking {
  /** ROC AUC of class `a` against class `b` alone, by the score of `a`, for the weights last given: `[size, size]`. */
  readonly pairs: Float64Array;
  /** Weight of each class, for the weights last given. */
  readonly totals: Float64Array;
  readonly #sorted: Column[];
  readonly #input: RankingInput;
  /** Pairs that the class at hand wins against each other, and the weights of equal scores by class. */
  readonly #won: Float64Array;
  readonly #tied: Float64Array;

  constructor(input: RankingInput) {
    const { size, only } = input;
    this.#input = input;
    this.pairs = new Float64Array(size * size);
    [this.totals, this.#won, this.#tied] = [0, 1, 2].map(() => new Float64Array(size));
    this.#sorted = (only ?? Array.from({ length: size }, (_, c) => c)).map((c) => sortedBy(c, input));
  }

  /** @param weights One a cluster. */
  scores(weights: Float64Array): RankScores[] {
    const { pairs, totals } = this, won = this.#won;
    const { labels, clusters, size } = this.#input;
    totals.fill(0);
    for (let i = 0; i < labels.length; i++) totals[labels[i]] += weights[clusters[i]];
    const all = totals.reduce((a, b) => a + b, 0);
    const result = Array.from({ length: size }, () => ({ auc: NaN, averagePrecision: NaN }));
    pairs.fill(NaN);
    for (const column of this.#sorted) {
      const { c } = column;
      won.fill(0);
      const precisionSum = this.#pass(column, weights);
      let wins = 0;
      for (let other = 0; other < size; other++) {
        if (other === c) continue;
        wins += won[other];
        pairs[c * size + other] = won[other] / (totals[c] * totals[other]);
      }
      result[c] = { auc: wins / (totals[c] * (all - totals[c])), averagePrecision: precisionSum / totals[c] };
    }
    return result;
  }

  /** Counts pairs into `won` and returns the sum of precisions. */
  #pass({ c, cluster, label, last }: Column, weights: Float64Array): number {
    const won = this.#won, tied = this.#tied;
    let above = 0, aboveAll = 0, precisionSum = 0;
    for (let start = 0; start < label.length;) {
      if (last[start] === 1) {
        const w = weights[cluster[start]], of = label[start++];
        aboveAll += w;
        won[of] += w * above;
        if (of === c) {
          above += w;
          precisionSum += w * above / (aboveAll + Number.MIN_VALUE);
        }
        continue;
      }
      tied.fill(0);
      let end = start, group = 0;
      do {
        tied[label[end]] += weights[cluster[end]];
        group += weights[cluster[end]];
      } while (last[end++] === 0);
      for (let other = 0; other < won.length; other++) {
        if (other !== c) won[other] += tied[other] * (above + tied[c] / 2);
      }
      above += tied[c];
      aboveAll += group;
      if (tied[c] > 0) precisionSum += tied[c] * above / aboveAll;
      start = end;
    }
    return precisionSum;
  }
}

function sortedBy(c: number, { labels, probabilities, size, clusters }: RankingInput): Column {
  const n = labels.length;
  const column = Float64Array.from({ length: n }, (_, i) => probabilities[i * size + c]);
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => column[b] - column[a]);
  const last = Uint8Array.from(order, (i, at) => Number(at === n - 1 || column[order[at + 1]] !== column[i]));
  return {
    c,
    cluster: Uint32Array.from(order, (i) => clusters[i]),
    label: Uint8Array.from(order, (i) => labels[i]),
    last,
  };
}

/**
 * Mean over all pairs of classes that occur of the ROC AUC of one against the other, both ways (Hand & Till 2001).
 *
 * @param totals Weight of each class, where a pair is to count by how many it holds.
 */
export function oneVersusOne(pairs: Float64Array, size: number, totals?: Float64Array): number {
  let sum = 0, count = 0;
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < a; b++) {
      const both = (pairs[a * size + b] + pairs[b * size + a]) / 2;
      if (Number.isNaN(both)) continue;
      const weight = totals ? totals[a] + totals[b] : 1;
      sum += weight * both;
      count += weight;
    }
  }
  return sum / count;
}

/** Area under the ROC curve of scores for two classes; NaN where one of them is missing. */
export function rocAuc(positive: ArrayLike<number>, score: ArrayLike<number>, weights?: Float64Array): number {
  return binary(positive, score, weights).auc;
}

/** Average precision of scores for two classes; NaN where the positive class is missing. */
export function averagePrecision(
  positive: ArrayLike<number>,
  score: ArrayLike<number>,
  weights?: Float64Array,
): number {
  return binary(positive, score, weights).averagePrecision;
}

function binary(positive: ArrayLike<number>, score: ArrayLike<number>, weights?: Float64Array): RankScores {
  const n = positive.length;
  const probabilities = Float64Array.from({ length: 2 * n }, (_, i) => i % 2 ? score[i >> 1] : -score[i >> 1]);
  const clusters = Uint32Array.from({ length: n }, (_, i) => i);
  const ranked = new Ranking({ labels: positive, probabilities, size: 2, clusters, only: [1] });
  return ranked.scores(weights ?? new Float64Array(n).fill(1))[1];
}
