import type { Manifest } from "../../datasets/mod.ts";
import { AuscultError } from "../../errors/mod.ts";
import {
  encoderFile,
  encodersIn,
  fillOf,
  type InputOptions,
  nearestPreset,
  openInput,
  randomWeights,
  withRandomWeights,
} from "../../features/mod.ts";
import { extractFeatures, type ExtractFeaturesOptions } from "../prepare/extract_features.ts";
import { type LabelledWindows, labelledWindows } from "../prepare/labelled_windows.ts";

/** What the floors of an encoder hear, to be closed. */
export interface EncoderWindows extends Disposable {
  /** Log-Mel at the encoder's rate. */
  spectrum: LabelledWindows;
  /** The same encoder, which has learned nothing; missing where its weights can't be drawn. */
  random?: LabelledWindows;
  /** What is missing and why, as sentences. */
  warnings: string[];
}

/** What stands beside an encoder's embeddings; nothing where the input holds none. */
export async function encoderWindows(
  input: InputOptions,
  { manifest, ...options }: ExtractFeaturesOptions & { manifest: Manifest },
): Promise<EncoderWindows | undefined> {
  if (encodersIn(input).length === 0) return undefined;
  const { seconds, hop, fade } = input, padding = fillOf(input);
  const { sampleRate } = openInput(input);
  const { fMin } = nearestPreset(input);
  const mel: InputOptions = {
    ...{ kind: "log-mel", seconds, padding, fade, ...hop === undefined ? {} : { hop } },
    preset: "respirenet",
    change: { sampleRate, fMin: Math.min(fMin, sampleRate / 8), fMax: sampleRate / 2, nMels: 32 },
  };
  const why = await notToBeDrawn(input);
  const spectra = await extractFeatures(manifest, mel, options);
  try {
    const drawn = why === undefined ? await extractFeatures(manifest, withRandomWeights(input), options) : undefined;
    return {
      spectrum: labelledWindows(spectra, manifest),
      random: drawn && labelledWindows(drawn, manifest),
      warnings: why === undefined ? [] : [`The floor of random weights is missing: ${why}`],
      [Symbol.dispose]() {
        spectra.close();
        drawn?.close();
      },
    };
  } catch (error) {
    spectra.close();
    throw error;
  }
}

/** Why an encoder's weights can't be drawn anew; the training that was done by now isn't lost for that. */
async function notToBeDrawn(input: InputOptions): Promise<string | undefined> {
  try {
    for (const encoder of encodersIn(input)) randomWeights(await encoderFile(encoder), { seed: 0 });
    return undefined;
  } catch (error) {
    if (error instanceof AuscultError) return error.message;
    throw error;
  }
}
