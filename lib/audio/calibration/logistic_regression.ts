/** Weights of a logistic regression: log odds = bias + sum of weight x input. */
export interface LogisticRegression {
  weights: number[];
  bias: number;
}

/** Options of {@linkcode fitLogisticRegression}. */
export interface FitLogisticRegressionOptions {
  /** Penalty on the square of the weights, per half; keeps separable data finite. @default {1} */
  ridge?: number;
  /** Weight of each row. @default {1 for all} */
  rowWeights?: ArrayLike<number>;
}

const MOST_STEPS = 50;

/**
 * Fits a logistic regression with a ridge by Newton's method (iteratively reweighted least squares; Hastie et al.
 * 2009, 4.4.1). The inputs should be on one scale.
 *
 * @param rows `[n][inputs]`
 * @param options.labels `[n]`, 0 or 1
 */
export function fitLogisticRegression(
  rows: readonly ArrayLike<number>[],
  { labels, ridge = 1, rowWeights }: FitLogisticRegressionOptions & { labels: ArrayLike<number> },
): LogisticRegression {
  const inputs = rows[0].length, size = inputs + 1; // the bias stands last
  let solution = new Float64Array(size);
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = new Float64Array(size), hessian = new Float64Array(size * size);
    for (const [n, row] of rows.entries()) {
      const weight = rowWeights?.[n] ?? 1;
      const probability = 1 / (1 + Math.exp(-logOdds(row, solution)));
      const error = weight * (labels[n] - probability), curvature = weight * probability * (1 - probability);
      for (let i = 0; i < size; i++) {
        const a = i < inputs ? row[i] : 1;
        gradient[i] += error * a;
        for (let j = 0; j <= i; j++) hessian[i * size + j] += curvature * a * (j < inputs ? row[j] : 1);
      }
    }
    for (let i = 0; i < size; i++) {
      const penalty = i < inputs ? ridge : 1e-9;
      gradient[i] -= penalty * solution[i];
      hessian[i * size + i] += penalty;
    }
    const change = solveSymmetric(hessian, gradient);
    solution = solution.map((x, i) => x + change[i]);
    if (Math.max(...change.map(Math.abs)) < 1e-7) break;
  }
  return { weights: [...solution.subarray(0, inputs)], bias: solution[inputs] };
}

function logOdds(row: ArrayLike<number>, solution: Float64Array): number {
  let sum = solution[row.length];
  for (let i = 0; i < row.length; i++) sum += row[i] * solution[i];
  return sum;
}

/** Solves A x = b by Cholesky's factors for positive definite A, of which the lower triangle is given. */
export function solveSymmetric(lower: Float64Array, b: Float64Array): Float64Array {
  const n = b.length, factor = lower.slice(), x = b.slice();
  for (let j = 0; j < n; j++) {
    for (let k = 0; k < j; k++) {
      for (let i = j; i < n; i++) factor[i * n + j] -= factor[i * n + k] * factor[j * n + k];
    }
    const root = Math.sqrt(factor[j * n + j]);
    for (let i = j; i < n; i++) factor[i * n + j] /= root;
  }
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i] -= factor[i * n + k] * x[k];
    x[i] /= factor[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= factor[k * n + i] * x[k];
    x[i] /= factor[i * n + i];
  }
  return x;
}
