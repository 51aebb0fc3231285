import { bisect, midranks, normalCdf, regularisedBeta } from "../statistics/mod.ts";

/** Whether several models differ over the same folds, by their ranks. */
export interface FriedmanTest {
  /** Mean rank of each model; 1 is best. */
  ranks: number[];
  /** Friedman's statistic, corrected for ties; NaN where all models are equal in every fold, as in SciPy. */
  chi2: number;
  /** Probability of a statistic so large where no model is better. */
  p: number;
  /** Iman and Davenport's statistic, less conservative, and its probability. */
  f: number;
  pF: number;
  /** Difference of mean ranks from which two models differ at 5 % (Nemenyi). */
  criticalDifference: number;
  /** Nemenyi's probability for each pair of models. */
  pairs: number[][];
}

/**
 * Friedman's test with Nemenyi's comparison of all pairs (Demšar 2006), of scores where larger is better.
 *
 * @param scores `[folds][models]`, at least two folds and three models.
 */
export function friedman(scores: readonly (readonly number[])[]): FriedmanTest {
  const n = scores.length, k = scores[0].length;
  const ranked = scores.map((row) => midranks(row.map((score) => -score), rounding * Math.max(...row.map(Math.abs))));
  const ranks = Array.from({ length: k }, (_, j) => ranked.reduce((sum, row) => sum + row[j], 0) / n);
  const between = 12 * n / (k * (k + 1)) * ranks.reduce((sum, rank) => sum + (rank - (k + 1) / 2) ** 2, 0);
  const chi2 = between / (1 - ties(ranked) / (n * k * (k * k - 1)));
  const f = (n - 1) * chi2 / (n * (k - 1) - chi2), a = k - 1, b = (k - 1) * (n - 1);
  const error = Math.sqrt(k * (k + 1) / (6 * n));
  return {
    ranks,
    chi2,
    p: chiSquaredTail(chi2, k - 1),
    f,
    pF: f === Infinity ? 0 : regularisedBeta(b / (b + a * f), b / 2, a / 2),
    criticalDifference: bisect([0, 20], 60, (q) => !(1 - rangeTail(q, k) < 0.95)) / Math.SQRT2 * error,
    pairs: ranks.map((a) => ranks.map((b) => a === b ? 1 : rangeTail(Math.SQRT2 * Math.abs(a - b) / error, k))),
  };
}

/** Scores closer than this share of the largest are equal: sums over items in another order differ by less. */
const rounding = 1e-12;

/** Sum over tied groups of a fold of t³ - t. */
function ties(ranked: readonly (readonly number[])[]): number {
  return ranked.reduce((sum, row) => {
    const groups = Map.groupBy(row, (rank) => rank);
    return sum + [...groups.values()].reduce((own, { length: t }) => own + t ** 3 - t, 0);
  }, 0);
}

/** Probability that chi² with `degrees` of freedom is at least `x`: the sum over steps of two (Abramowitz & Stegun 26.4). */
function chiSquaredTail(x: number, degrees: number): number {
  const even = degrees % 2 === 0;
  let term = even ? Math.exp(-x / 2) : Math.sqrt(2 * x / Math.PI) * Math.exp(-x / 2);
  let sum = even ? term : 2 * normalCdf(-Math.sqrt(x));
  for (let step = even ? 2 : 1; step < degrees; step += 2) {
    if (even) sum += term *= x / step;
    else {
      sum += term;
      term *= x / (step + 2);
    }
  }
  return Math.min(1, sum);
}

/**
 * Probability that the range of `k` standard normal values is at least `q` (the studentized range with infinitely many
 * degrees of freedom): 1 - k ∫ φ(z) [Φ(z) - Φ(z - q)]^(k-1) dz, by Simpson's rule.
 */
function rangeTail(q: number, k: number): number {
  const from = -8, steps = 1600, width = (8 - from + q) / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    const z = from + i * width;
    const value = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI) * (normalCdf(z) - normalCdf(z - q)) ** (k - 1);
    sum += value * (i === 0 || i === steps ? 1 : i % 2 ? 4 : 2);
  }
  return Math.min(1, Math.max(0, 1 - k * sum * width / 3));
}
