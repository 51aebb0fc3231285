import { decodeAudio } from "../audio/mod.ts";
import { AuscultError } from "../errors/mod.ts";
import { predictSound, type PredictSoundOptions } from "./predict_sound.ts";
import type { Predictor } from "./predictor.ts";
import type { SoundPrediction } from "./sound_prediction.ts";

/** What a model says of a file, or why it could not be judged. */
export type FilePrediction =
  | ({
    file: string;
    error?: undefined;
    /** What is odd about the file, each the end of a sentence that begins with its name. */
    notes: string[];
  } & SoundPrediction)
  | { file: string; error: string };

export type PredictFileOptions = Pick<PredictSoundOptions, "evenPoor" | "attributes">;

export async function predictFile(
  predictor: Predictor,
  { file, bytes }: { file: string; bytes: Uint8Array<ArrayBuffer> },
  options: PredictFileOptions = {},
): Promise<FilePrediction> {
  const { samples, sampleRate, notes } = await decodeAudio(bytes, file);
  return { file, notes, ...await predictSound(predictor, samples, { sampleRate, ...options }) };
}

/** What is told of a file that something went wrong with: it may be one of thousands. */
export function unread(file: string, error: unknown): FilePrediction {
  if (error instanceof AuscultError) return { file, error: error.message };
  return { file, error: `${file} could not be judged: ${error instanceof Error ? error.message : String(error)}.` };
}
