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
  const { kurtosis, heartPeriodicity, breathPeriodicity, entropy, snr, bands } = indices;
  const movements = bands.flatMap(({ low, high, ...movement }) =>
    Object.entries(movement).map(([name, value]) => [`${name} ${low}-${high} Hz`, value])
  );
  return {
    ...{ kurtosis: Math.log(kurtosis), heartPeriodicity, breathPeriodicity, entropy, snr },
    ...Object.fromEntries(movements),
  };
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

const decibels = (x: number) => `${x.toFixed(1)} dB`, share = (x: number) => x.toFixed(2);

/** What a reader is told of an odd input of each kind. */
const PHRASES: Record<string, [phrase: string, written: (x: number) => string]> = {
  level: ["the part at BAND lies VALUE from the mean of all parts", decibels],
  swell: ["loud moments at BAND stand out by VALUE", decibels],
  dip: ["quiet moments at BAND fall off by VALUE", decibels],
  flicker: ["the sound at BAND changes by VALUE from moment to moment", decibels],
  snr: ["loud and quiet moments lie VALUE apart", decibels],
  kurtosis: ["its peakedness (kurtosis) is VALUE", (x) => Math.exp(x).toPrecision(2)],
  heartPeriodicity: ["it repeats itself by VALUE at the lags of a heart beat", share],
  breathPeriodicity: ["it repeats itself by VALUE at the lags of a breath", share],
  entropy: ["its irregularity (sample entropy) is VALUE", share],
};

/** An input that speaks against a recording, in words: what was measured, and its mean over the recordings of the calibration. */
export function describeInput({ name, value, mean }: { name: string; value: number; mean: number }): string {
  const [kind, ...band] = name.split(" "), [phrase, written] = PHRASES[kind];
  return `${phrase.replace("BAND", band.join(" ")).replace("VALUE", written(value))} (usual: ${written(mean)})`;
}
