import { bisect } from "../statistics/mod.ts";

/** Result of {@linkcode fitTemperature}. */
export interface FittedTemperature {
  temperature: number;
  /** Mean negative log-likelihood at that temperature. */
  logLoss: number;
  /** Why there is no finite optimum, where that is so. */
  clamped?: string;
}

/** The temperatures that are told where the likelihood has no optimum, but grows for ever as T falls, or rises. */
export const temperatureBounds = { min: 0.05, max: 20 } as const;

/**
 * The temperature that makes logits most likely on validation data (Guo et al. 2017), however large or small it is. The mean
 * negative log-likelihood is convex in β = 1/T; its slope, the mean over the examples of Σ p z - z_label, is brought to 0 by
 * bisection. There is no optimum where it is never positive (each true class has the highest logit) or never negative (the
 * true classes' logits are no higher than the mean of all).
 *
 * @param logits `[n, size]`, row-major; logarithms of probabilities serve as well.
 */
export function fitTemperature(
  logits: Float64Array,
  labels: ArrayLike<number>,
  { size }: { size: number },
): FittedTemperature {
  const fitted = (beta: number, clamped?: string): FittedTemperature => ({
    temperature: 1 / beta,
    logLoss: likelihood(logits, labels, { size, beta }).loss,
    ...(clamped ? { clamped } : {}),
  });
  if (labels.length === 0) return { temperature: 1, logLoss: NaN, clamped: "no validation examples" };
  const { furthest, allRight, allEqual } = margins(logits, labels, size);
  if (allEqual) return fitted(1, "every example has equal logits for all classes: each T is as likely");
  if (allRight) {
    const why =
      "the true class of every validation example has the highest logit: the likelihood grows for ever as T falls";
    return fitted(1 / temperatureBounds.min, why);
  }
  const slope = (beta: number) => likelihood(logits, labels, { size, beta }).slope;
  if (slope(0) >= 0) {
    // The bound also brings logits of any size to odds below e : 1.
    const why =
      "the true classes have no higher logits than the others on average, which is no better than chance: the likelihood grows for ever as T rises";
    return fitted(1 / Math.max(temperatureBounds.max, furthest), why);
  }
  let high = 1;
  while (slope(high) <= 0 && high < Number.MAX_VALUE / 4) high *= 2;
  while (slope(high / 2) > 0) high /= 2;
  // The optimum lies in an octave: 60 halvings bring it below the spacing of doubles.
  return fitted(bisect([high / 2, high], 60, (beta) => slope(beta) > 0));
}

/**
 * The temperature to divide by: the fitted one, or 1 where a part on which everything is right would make the network surer
 * without end, which does not show that it is never wrong.
 */
export function soundTemperature({ temperature, clamped }: FittedTemperature): number {
  return clamped !== undefined && temperature < 1 ? 1 : temperature;
}

/** A probability of 0 has no finite logarithm: no logit counts as further than this below the highest. */
const lowest = -1e6;

function margins(logits: Float64Array, labels: ArrayLike<number>, size: number) {
  let furthest = 0, allRight = true;
  for (let i = 0; i < labels.length; i++) {
    const row = logits.subarray(i * size, (i + 1) * size);
    const top = Math.max(...row);
    furthest = Math.max(furthest, top - Math.max(Math.min(...row), top + lowest));
    allRight &&= row[labels[i]] === top;
  }
  return { furthest, allRight, allEqual: furthest === 0 };
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
      const z = Math.max(logits[i * size + c] - top, lowest);
      const p = Math.exp(beta * z);
      sum += p;
      mean += p * z;
    }
    const label = Math.max(logits[i * size + labels[i]] - top, lowest);
    loss += Math.log(sum) - beta * label;
    slope += mean / sum - label;
  }
  return { loss: loss / labels.length, slope: slope / labels.length };
}
