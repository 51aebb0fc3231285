import { choleskyFactor, newtonLogistic, solveByFactor } from "./newton_logistic.ts";
import { minimise } from "./minimise.ts";

/** A fitted multinomial logistic regression. */
export interface LogisticModel {
  /** Number of classes. */
  size: number;
  /** Number of features. */
  width: number;
  /** `[rows, width + 1]`, the intercept last; one row for two classes, else one a class. */
  coefficients: Float64Array;
}

export interface LogisticOptions {
  /** Number of classes. */
  size: number;
  /** Number of features. */
  width: number;
  /** Inverse strength of the L2 penalty. @default {1} */
  c?: number;
  /** One an example. */
  weights?: ArrayLike<number>;
  /** Largest entry of the gradient at which the search ends. @default {1e-4} */
  tolerance?: number;
}

/**
 * Logistic regression with an L2 penalty on all but the intercepts: minimises ½‖W‖² + c Σ weight · loss as scikit-learn's
 * `LogisticRegression` does, softmax over the classes (L-BFGS), or one sigmoid where there are two (Newton's method).
 *
 * @param features `[n, width]`, row-major.
 */
export function fitLogistic(
  features: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: LogisticOptions,
): LogisticModel {
  const { size, width, c = 1, weights, tolerance = 1e-4 } = options;
  const weightOf = (i: number) => c * (weights?.[i] ?? 1);
  if (size === 2) {
    return { size, width, coefficients: newtonLogistic({ features, labels, width, weightOf }, tolerance) };
  }
  const stride = width + 1, scores = new Float64Array(size);
  const objective = (w: Float64Array, gradient: Float64Array) => {
    let value = 0;
    gradient.fill(0);
    for (let i = 0; i < labels.length; i++) {
      const weight = weightOf(i);
      linearScores({ size, width, coefficients: w }, features, i, scores);
      value += weight * lossAndSlopes(scores, labels[i]);
      for (let r = 0; r < size; r++) {
        const slope = weight * scores[r], start = r * stride;
        for (let f = 0; f < width; f++) gradient[start + f] += slope * features[i * width + f];
        gradient[start + width] += slope;
      }
    }
    for (let k = 0; k < w.length; k++) {
      if (k % stride === width) continue;
      value += w[k] * w[k] / 2;
      gradient[k] += w[k];
    }
    return value;
  };
  const start = new Float64Array(size * stride);
  const solve = width <= labels.length ? bySharedCurvature(features, labels, { size, width, weightOf }) : undefined;
  return { size, width, coefficients: minimise(objective, start, { tolerance, solve }) };
}

/**
 * Divides by the curvature that the classes share, as if each example had each class as often as the classes are many
 * (Böhning 1992): spectra and embeddings go up and down together, and without it the search takes hundreds of steps.
 */
function bySharedCurvature(
  features: ArrayLike<number>,
  labels: ArrayLike<number>,
  { size, width, weightOf }: { size: number; width: number; weightOf: (i: number) => number },
): (gradient: Float64Array) => void {
  const stride = width + 1, curvature = new Float64Array(stride * stride), row = new Float64Array(stride).fill(1);
  for (let f = 0; f < width; f++) curvature[f * stride + f] = 1;
  curvature[stride * stride - 1] = 1e-9; // no penalty on the intercept
  for (let i = 0; i < labels.length; i++) {
    for (let f = 0; f < width; f++) row[f] = features[i * width + f];
    const weight = weightOf(i) * (1 - 1 / size) / size;
    for (let a = 0; a < stride; a++) {
      for (let b = 0, scaled = weight * row[a]; b <= a; b++) curvature[a * stride + b] += scaled * row[b];
    }
  }
  const factor = choleskyFactor(curvature, stride);
  return (gradient) => {
    for (let r = 0; r < size; r++) solveByFactor(factor, gradient.subarray(r * stride, (r + 1) * stride));
  };
}

/**
 * Probabilities of examples under a fitted model.
 *
 * @param features `[n, width]`, row-major.
 * @returns `[n, size]`.
 */
export function predictLogistic(model: LogisticModel, features: ArrayLike<number>): Float64Array {
  const { size, width } = model;
  const n = features.length / width;
  const probabilities = new Float64Array(n * size), scores = new Float64Array(size);
  for (let i = 0; i < n; i++) {
    linearScores(model, features, i, scores);
    const top = Math.max(...scores);
    let sum = 0;
    for (let c = 0; c < size; c++) sum += scores[c] = Math.exp(scores[c] - top);
    for (let c = 0; c < size; c++) probabilities[i * size + c] = scores[c] / sum;
  }
  return probabilities;
}

/** Scores before softmax of example `i`; of two classes the first has 0. */
function linearScores(
  { size, width, coefficients }: LogisticModel,
  features: ArrayLike<number>,
  i: number,
  scores: Float64Array,
): void {
  scores[0] = 0;
  for (let c = size === 2 ? 1 : 0; c < size; c++) {
    const start = (size === 2 ? 0 : c) * (width + 1);
    let sum = coefficients[start + width];
    for (let f = 0; f < width; f++) sum += coefficients[start + f] * features[i * width + f];
    scores[c] = sum;
  }
}

/** Cross-entropy of the softmax; turns `scores` into its slopes, p - 1 for the label and p for the others. */
function lossAndSlopes(scores: Float64Array, label: number): number {
  let top = -Infinity, sum = 0;
  for (let c = 0; c < scores.length; c++) top = Math.max(top, scores[c]);
  const own = scores[label] - top;
  for (let c = 0; c < scores.length; c++) sum += scores[c] = Math.exp(scores[c] - top);
  for (let c = 0; c < scores.length; c++) scores[c] = scores[c] / sum - Number(c === label);
  return Math.log(sum) - own;
}
