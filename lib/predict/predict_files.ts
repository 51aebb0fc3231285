import { readRecording } from "../audio/mod.ts";
import { AuscultError } from "../errors/mod.ts";
import { predictSound, type PredictSoundOptions } from "./predict_sound.ts";
import type { Predictor } from "./predictor.ts";
import type { SoundPrediction } from "./sound_prediction.ts";

/** What a model says of a file, or why the file could not be read. */
export type FilePrediction =
  | ({ file: string; error?: undefined } & SoundPrediction)
  | { file: string; error: string };

/**
 * Predicts file after file, in their order, one in memory at a time. A file that can't be read is told as an error and
 * does not end the rest.
 */
export async function* predictFiles(
  predictor: Predictor,
  files: Iterable<string> | AsyncIterable<string>,
  options: Pick<PredictSoundOptions, "evenPoor"> = {},
): AsyncGenerator<FilePrediction> {
  for await (const file of files) {
    try {
      const { samples, sampleRate } = await readRecording(file);
      yield { file, ...await predictSound(predictor, samples, { sampleRate, ...options }) };
    } catch (error) {
      if (!(error instanceof AuscultError)) throw error;
      yield { file, error: error.message };
    }
  }
}
