import { readRecording } from "../audio/mod.ts";
import { AuscultError } from "../errors/mod.ts";
import { predictSound, type PredictSoundOptions } from "./predict_sound.ts";
import type { Predictor } from "./predictor.ts";
import type { SoundPrediction } from "./sound_prediction.ts";

/** What a model says of a file, or why it could not be judged. */
export type FilePrediction =
  | ({ file: string; error?: undefined } & SoundPrediction)
  | { file: string; error: string };

/** What is asked of each file. */
export type PredictFileOptions = Pick<PredictSoundOptions, "evenPoor">;

/** Predicts one file. Whatever goes wrong with it is told as its error: it may be one of thousands. */
export async function predictFile(
  predictor: Predictor,
  file: string,
  options: PredictFileOptions = {},
): Promise<FilePrediction> {
  try {
    const { samples, sampleRate } = await readRecording(file);
    return { file, ...await predictSound(predictor, samples, { sampleRate, ...options }) };
  } catch (error) {
    if (error instanceof AuscultError) return { file, error: error.message };
    return { file, error: `${file} could not be judged: ${error instanceof Error ? error.message : String(error)}.` };
  }
}
