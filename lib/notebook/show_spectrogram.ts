import { fitLength } from "../audio/mod.ts";
import { InputError } from "../errors/mod.ts";
import { bandAxis, featurePreset, type InputOptions, logMel, prepareSamples } from "../features/mod.ts";
import { type SpectrogramBox, spectrogramSvg, svgPng, type TimedEvent } from "../pictures/mod.ts";
import { displayBundle } from "./display_bundle.ts";

/** Options of {@linkcode showSpectrogram} and {@linkcode spectrogramOf}. */
export interface ShowSpectrogramOptions extends Partial<Pick<InputOptions, "preset" | "change">> {
  /** Of the samples, Hz. */
  sampleRate: number;
  title?: string;
  /** Drawn as brackets above the picture. */
  events?: readonly TimedEvent[];
  /** Where a network looked: `[frames, nMels]`, row-major, 0 to 1; dark elsewhere. */
  heat?: Float32Array;
  /** Size of the picture. @default {760 by 300} */
  box?: SpectrogramBox;
}

/**
 * Shows the log-Mel spectrogram of samples with axes in Hz and seconds, its events, and where a network looked: with a run's
 * `input` among the options, `{ ...bundle.input, sampleRate, heat }`, what that run's networks saw. The preset is
 * `respirenet` where none is named.
 *
 * @throws {InputError} for heat of another shape than the spectrogram's.
 */
export async function showSpectrogram(samples: Float32Array, options: ShowSpectrogramOptions): Promise<void> {
  const svg = spectrogramOf(samples, options);
  const png = (await svgPng(svg)).toBase64();
  await displayBundle({ "image/png": png, "text/plain": options.title ?? "log-Mel spectrogram" });
}

/** The picture of {@linkcode showSpectrogram} as SVG. */
export function spectrogramOf(samples: Float32Array, options: ShowSpectrogramOptions): string {
  const { sampleRate, change, heat } = options;
  const preset = featurePreset({ preset: options.preset ?? "respirenet", change });
  const seconds = samples.length / sampleRate;
  const prepared = prepareSamples(samples, { sampleRate, preset });
  const { data, frames, nMels } = logMel(fitLength(prepared, Math.round(seconds * preset.sampleRate), "zero"), preset);
  if (heat !== undefined && heat.length !== frames * nMels) {
    throw new InputError({
      expected: `heat of ${frames} frames by ${nMels} bands, as the spectrogram has`,
      found: `${heat.length} numbers, not ${frames * nMels}`,
      where: "the picture of where a network looked",
      remedy: "give the samples of one window, and the run's input: { ...bundle.input, sampleRate, heat }",
    });
  }
  return spectrogramSvg(data, { ...options, bandsHz: Array.from(bandAxis(preset)), seconds });
}
