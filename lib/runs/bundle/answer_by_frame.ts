// Runs in a page as well: no file, no Deno.
import { heartReading } from "../../audio/heart_reading.ts";
import { predictLogistic } from "../../statistics/logistic_regression.ts";
import { hearFrames } from "../../training/frame_source.ts";
import type { Bundle } from "./bundle_schema.ts";
import type { BundleNetwork } from "./open_bundle.ts";

/** What a network by frame says of a recording. */
export interface FrameAnswer {
  /** `[frames, classes of frames]`, rows that sum to 1. */
  posteriors: Float32Array;
  /** `[classes]`: what these come to for the recording as a whole. */
  probabilities: Float64Array;
}

/**
 * The answer of a network by frame for a whole recording.
 *
 * @param features `[frames, bands, channels]`, see `standardiseWhole`.
 * @param options `frameRate`: frames a second, Hz.
 */
export async function answerByFrame(
  { predict, reader }: Pick<BundleNetwork, "predict" | "reader">,
  features: Float32Array,
  { bundle, frameRate }: { bundle: Bundle; frameRate: number },
): Promise<FrameAnswer> {
  const posteriors = await hearFrames({ predict }, features, {
    ...bundle,
    classes: bundle.frameAnswers!.classes.length,
  });
  const values = heartReading(posteriors, { frameRate });
  const model = { size: bundle.classes.length, width: values.length, coefficients: Float64Array.from(reader!) };
  return { posteriors, probabilities: predictLogistic(model, values) };
}
