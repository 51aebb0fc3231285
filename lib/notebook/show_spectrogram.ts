import { logMel, prepareSamples, type PresetName, presets } from "../features/mod.ts";
import { displayBundle } from "./display_bundle.ts";
import { type SpectrogramBox, spectrogramSvg, type TimedEvent } from "./picture/spectrogram_svg.ts";
import { svgPng } from "./picture/svg_png.ts";

/** Options of {@linkcode showSpectrogram} and {@linkcode spectrogramOf}. */
export interface ShowSpectrogramOptions {
  /** Of the samples, Hz. */
  sampleRate: number;
  /** @default {"respirenet"} */
  preset?: PresetName;
  title?: string;
  /** Drawn as brackets above the picture. */
  events?: readonly TimedEvent[];
  /** Where a network looked: `[frames, nMels]`, row-major, 0 to 1; dark elsewhere. */
  heat?: Float32Array;
  /** Size of the picture. @default {760 by 300} */
  box?: SpectrogramBox;
}

/** Shows the log-Mel spectrogram of samples with axes in Hz and seconds, its events, and where a network looked. */
export async function showSpectrogram(samples: Float32Array, options: ShowSpectrogramOptions): Promise<void> {
  const svg = spectrogramOf(samples, options);
  const png = (await svgPng(svg)).toBase64();
  await displayBundle({ "image/png": png, "text/plain": options.title ?? "log-Mel spectrogram" });
}

/** The picture of {@linkcode showSpectrogram} as SVG. */
export function spectrogramOf(samples: Float32Array, options: ShowSpectrogramOptions): string {
  const preset = presets[options.preset ?? "respirenet"];
  const spectrogram = logMel(prepareSamples(samples, { sampleRate: options.sampleRate, preset }), preset);
  const seconds = samples.length / options.sampleRate;
  return spectrogramSvg(spectrogram, { ...options, bands: preset, seconds });
}
