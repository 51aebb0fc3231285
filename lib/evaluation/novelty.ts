import { z } from "zod";

/** What is needed to tell a recording that is unlike those that a network learned from. */
export const novelty = z.strictObject({
  /** Mean over the training windows of each entry of their {@linkcode spectrumProfile}. */
  mean: z.array(z.number()),
  /** Standard deviation over the training windows. */
  std: z.array(z.number().positive()),
  /** Greater distances are called foreign: 99 of 100 validation windows lie within. */
  limit: z.number().positive(),
});

/** A fitted measure of novelty. */
export type Novelty = z.infer<typeof novelty>;

/** Share of the validation windows within the limit. */
const WITHIN = 0.99;

/** Deviations below it, dB, count as it, so that a band that hardly changes in training does not decide alone. */
const LEAST_STD = 0.5;

/**
 * How a window's spectrum stands and how it moves: mean and standard deviation over the frames of each band.
 *
 * @param logMel `[frames, nMels]`, row-major.
 * @returns `[2 * nMels]`: the means, then the deviations.
 */
export function spectrumProfile(logMel: Float32Array, { nMels }: { nMels: number }): Float64Array {
  const frames = logMel.length / nMels;
  const profile = new Float64Array(2 * nMels);
  for (let i = 0; i < logMel.length; i++) profile[i % nMels] += logMel[i] / frames;
  for (let i = 0; i < logMel.length; i++) profile[nMels + i % nMels] += (logMel[i] - profile[i % nMels]) ** 2 / frames;
  for (let band = 0; band < nMels; band++) profile[nMels + band] = Math.sqrt(profile[nMels + band]);
  return profile;
}

/** Root mean square over the entries of a profile's distance from the training mean, in standard deviations. */
export function noveltyDistance(profile: Float64Array, { mean, std }: Pick<Novelty, "mean" | "std">): number {
  const squares = profile.reduce((sum, value, i) => sum + ((value - mean[i]) / std[i]) ** 2, 0);
  return Math.sqrt(squares / profile.length);
}

/**
 * Fits the measure on profiles of training windows and its limit on those of validation windows, whose subjects the
 * training part does not hold.
 */
export function fitNovelty(training: readonly Float64Array[], validation: readonly Float64Array[]): Novelty {
  const entries = Array.from(training[0].keys());
  const mean = entries.map((i) => training.reduce((sum, profile) => sum + profile[i] / training.length, 0));
  const std = entries.map((i) => {
    const variance = training.reduce((sum, profile) => sum + (profile[i] - mean[i]) ** 2 / training.length, 0);
    return Math.max(LEAST_STD, Math.sqrt(variance));
  });
  const distances = validation.map((profile) => noveltyDistance(profile, { mean, std })).sort((a, b) => a - b);
  return { mean, std, limit: distances[Math.min(distances.length - 1, Math.ceil(WITHIN * distances.length))] };
}
