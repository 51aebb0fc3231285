/** Result of {@linkcode fitTemperature}. */
export interface FittedTemperature {
  temperature: number;
  /** Mean negative log-likelihood at that temperature. */
  logLoss: number;
  /** Why no optimum lies inside the bounds, where that is so. */
  clamped?: string;
}

/** The temperatures that are told: beyond them the probabilities are 0, 1 or equal for all that matters. */
export const temperatureBounds = { min: 0.05, max: 20 } as const;

/**
 * The temperature that makes logits most likely on validation data (Guo et al. 2017). The mean negative log-likelihood is
 * convex in β = 1/T; its slope, the mean over the examples of Σ p z - z_label, is brought to 0 by bisection.
 *
 * @param logits `[n, size]`, row-major; logarithms of probabilities serve as well.
 */
export function fitTemperature(
  logits: Float64Array,
  labels: ArrayLike<number>,
  { size }: { size: number },
): FittedTemperature {
  let low = 1 / temperatureBounds.max, high = 1 / temperatureBounds.min;
  const fitted = (beta: number, clamped?: string): FittedTemperature => ({
    temperature: 1 / beta,
    logLoss: likelihood(logits, labels, { size, beta }).loss,
    ...(clamped ? { clamped } : {}),
  });
  if (labels.length === 0) return { temperature: 1, logLoss: NaN, clamped: "no validation examples" };
  if (likelihood(logits, labels, { size, beta: high }).slope <= 0) {
    return fitted(high, "every validation example is right: the likelihood grows for ever as T falls");
  }
  if (likelihood(logits, labels, { size, beta: low }).slope >= 0) {
    return fitted(low, "the logits say less than chance: the likelihood grows for ever as T rises");
  }
  // 60 halvings bring the bracket below the spacing of doubles.
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (likelihood(logits, labels, { size, beta: middle }).slope > 0) high = middle;
    else low = middle;
  }
  return fitted((low + high) / 2);
}

function likelihood(
  logits: Float64Array,
  labels: ArrayLike<number>,
  { size, beta }: { size: number; beta: number },
): { loss: number; slope: number } {
  let loss = 0, slope = 0;
  for (let i = 0; i < labels.length; i++) {
    let top = -Infinity;
    for (let c = 0; c < size; c++) top = Math.max(top, logits[i * size + c]);
    let sum = 0, mean = 0;
    for (let c = 0; c < size; c++) {
      const z = logits[i * size + c] - top;
      const p = Math.exp(beta * z);
      sum += p;
      if (p > 0) mean += p * z;
    }
    const label = Math.max(logits[i * size + labels[i]] - top, -1e6); // a probability of 0 has no finite logarithm
    loss += Math.log(sum) - beta * label;
    slope += mean / sum - label;
  }
  return { loss: loss / labels.length, slope: slope / labels.length };
}
