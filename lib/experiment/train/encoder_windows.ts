import type { Manifest } from "../../datasets/mod.ts";
import { encodersIn, type InputOptions, nearestPreset, openInput, withRandomWeights } from "../../features/mod.ts";
import { extractFeatures, type ExtractFeaturesOptions } from "../prepare/extract_features.ts";
import { type LabelledWindows, labelledWindows } from "../prepare/labelled_windows.ts";

/** What the floors of an encoder hear, to be closed. */
export interface EncoderWindows extends Disposable {
  /** Log-Mel at the encoder's rate. */
  spectrum: LabelledWindows;
  /** The same encoder, which has learned nothing. */
  random: LabelledWindows;
}

/** What stands beside an encoder's embeddings; nothing where the input holds none. */
export async function encoderWindows(
  input: InputOptions,
  { manifest, ...options }: ExtractFeaturesOptions & { manifest: Manifest },
): Promise<EncoderWindows | undefined> {
  if (encodersIn(input).length === 0) return undefined;
  const { seconds, hop, padding, fade } = input;
  const { sampleRate } = openInput(input);
  const { fMin } = nearestPreset(input);
  const mel: InputOptions = {
    ...{ kind: "log-mel", seconds, padding, fade, ...hop === undefined ? {} : { hop } },
    preset: "respirenet",
    change: { sampleRate, fMin: Math.min(fMin, sampleRate / 8), fMax: sampleRate / 2, nMels: 32 },
  };
  const spectra = await extractFeatures(manifest, mel, options);
  try {
    const drawn = await extractFeatures(manifest, withRandomWeights(input), options);
    return {
      spectrum: labelledWindows(spectra, manifest),
      random: labelledWindows(drawn, manifest),
      [Symbol.dispose]() {
        spectra.close();
        drawn.close();
      },
    };
  } catch (error) {
    spectra.close();
    throw error;
  }
}
