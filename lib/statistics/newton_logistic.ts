/** Examples of two classes, with features `[n, width]`. */
export interface BinaryExamples {
  features: ArrayLike<number>;
  /** `[n]`, 0 or 1. */
  labels: ArrayLike<number>;
  width: number;
  /** What the loss of each example counts. */
  weightOf: (example: number) => number;
}

const MOST_STEPS = 100;

/**
 * Weights and intercept (last) that minimise ½‖w‖² + Σ weight · loss, by Newton's method with halved steps where a whole one
 * would rise (iteratively reweighted least squares; Hastie et al. 2009, 4.4.1): a few passes, however many examples.
 *
 * @param tolerance Largest entry of the gradient at which it ends.
 */
export function newtonLogistic(examples: BinaryExamples, tolerance: number): Float64Array {
  let solution = new Float64Array(examples.width + 1), here = passOver(examples, solution);
  for (let step = 0; step < MOST_STEPS && here.gradient.some((entry) => Math.abs(entry) > tolerance); step++) {
    const change = here.gradient.slice();
    solveByFactor(choleskyFactor(here.hessian, change.length), change);
    let next = here, candidate = solution;
    for (let length = 1; length > 1e-9; length /= 2) {
      candidate = solution.map((entry, k) => entry - length * change[k]);
      next = passOver(examples, candidate);
      if (next.value < here.value) break;
    }
    if (!(next.value < here.value)) break; // no digits left
    solution = candidate;
    here = next;
  }
  return solution;
}

/** Value, gradient and the lower triangle of the Hessian of the penalised loss. */
function passOver({ features, labels, width, weightOf }: BinaryExamples, solution: Float64Array) {
  const size = width + 1;
  const gradient = solution.slice(), hessian = new Float64Array(size * size), row = new Float64Array(size).fill(1);
  gradient[width] = 0; // no penalty on the intercept
  let value = 0;
  for (let f = 0; f < width; f++) {
    value += solution[f] * solution[f] / 2;
    hessian[f * size + f] = 1;
  }
  hessian[width * size + width] = 1e-9;
  for (let n = 0; n < labels.length; n++) {
    let odds = solution[width];
    for (let f = 0; f < width; f++) odds += solution[f] * (row[f] = features[n * width + f]);
    const weight = weightOf(n), against = labels[n] === 1 ? -odds : odds;
    value += weight * (Math.max(0, against) + Math.log1p(Math.exp(-Math.abs(against))));
    const probability = 1 / (1 + Math.exp(-odds));
    const slope = weight * (probability - labels[n]), curvature = weight * probability * (1 - probability);
    for (let i = 0; i < size; i++) {
      gradient[i] += slope * row[i];
      for (let j = 0, scaled = curvature * row[i]; j <= i; j++) hessian[i * size + j] += scaled * row[j];
    }
  }
  return { value, gradient, hessian };
}

/**
 * The factor L of a positive definite matrix A = L Lᵀ, row-major `[n, n]`, of which the lower triangle is read and written
 * (Golub & Van Loan 2013, 4.2.5).
 */
export function choleskyFactor(lower: Float64Array, n: number): Float64Array {
  const factor = lower.slice();
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = factor[i * n + j];
      for (let k = 0; k < j; k++) sum -= factor[i * n + k] * factor[j * n + k];
      factor[i * n + j] = i === j ? Math.sqrt(sum) : sum / factor[j * n + j];
    }
  }
  return factor;
}

/** Solves L Lᵀ x = b in the place of b. */
export function solveByFactor(factor: Float64Array, b: Float64Array): void {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) b[i] -= factor[i * n + k] * b[k];
    b[i] /= factor[i * n + i];
  }
  for (let i = n - 1; i >= 0; i--) {
    b[i] /= factor[i * n + i];
    for (let k = 0; k < i; k++) b[k] -= factor[i * n + k] * b[i];
  }
}
