import type { QualityIndices } from "./quality_indices.ts";

/** A logistic regression on the indices, as {@linkcode qualityProbability} applies it; fitted by `bench/calibrate_quality.ts`. */
export interface QualityModel {
  /** By name of the index: mean and standard deviation over the recordings it was fitted on, and the weight. */
  weights: Record<string, { mean: number; deviation: number; weight: number }>;
  bias: number;
  /** Recordings above this probability are poor. */
  poor: number;
  /** Recordings above this probability are unusable. */
  unusable: number;
}

/** The numbers that the model weighs, by name. Indices that span decades go in as logarithms. */
export function modelInputs(indices: QualityIndices): Record<string, number> {
  const inputs: Record<string, number> = {
    kurtosis: Math.log(indices.kurtosis),
    heartPeriodicity: indices.heartPeriodicity,
    breathPeriodicity: indices.breathPeriodicity,
    entropy: indices.entropy,
    snr: indices.snr,
  };
  for (const { low, high, ...movement } of indices.bands) {
    for (const [name, value] of Object.entries(movement)) inputs[`${name} ${low}-${high} Hz`] = value;
  }
  return inputs;
}

/**
 * How likely the recording is one that experts would call poor, and what each input adds to the log odds. A band that
 * the recording's rate doesn't hold adds nothing.
 */
export function qualityProbability(indices: QualityIndices, model: QualityModel) {
  const contributions = Object.entries(modelInputs(indices))
    .filter(([name]) => name in model.weights)
    .map(([name, value]) => {
      const { mean, deviation, weight } = model.weights[name];
      return { name, value, mean, contribution: weight * (value - mean) / deviation };
    });
  const logOdds = contributions.reduce((sum, { contribution }) => sum + contribution, model.bias);
  return { probability: 1 / (1 + Math.exp(-logOdds)), contributions };
}
