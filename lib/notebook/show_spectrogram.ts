import { InputError } from "../errors/mod.ts";
import {
  channelOf,
  drawnInput,
  type InputOptions,
  inputWindows,
  openInput,
  type PresetName,
  presets,
} from "../features/mod.ts";
import { type SpectrogramBox, spectrogramSvg, type SpectrogramSvgOptions, svgPng } from "../pictures/mod.ts";
import { displayBundle } from "./display_bundle.ts";

export type ShowSpectrogramOptions =
  & Partial<InputOptions>
  & Pick<SpectrogramSvgOptions, "title" | "events" | "heat" | "box">
  & {
    /** Of the samples, Hz. */
    sampleRate: number;
    /**
     * All of what the samples were cut from, and where, s: z-scores and curves go by it, filters by what lies around.
     * @default {the samples themselves}
     */
    recording?: { samples: Float32Array; start: number; end: number };
  };

/**
 * Shows the log-Mel spectrogram of samples with axes in Hz and seconds, its events, and where a network looked: with a run's
 * `input` among the options, `{ ...bundle.input, sampleRate, recording, heat }`, what that run's networks saw. The preset is
 * `respirenet` where none is named.
 *
 * @throws {InputError} for heat of another shape than the spectrogram's.
 */
export async function showSpectrogram(samples: Float32Array, options: ShowSpectrogramOptions): Promise<void> {
  const svg = await spectrogramOf(samples, options);
  const png = (await svgPng(svg)).toBase64();
  await displayBundle({ "image/png": png, "text/plain": options.title ?? "log-Mel spectrogram" });
}

/** The picture of {@linkcode showSpectrogram} as SVG. */
export async function spectrogramOf(samples: Float32Array, options: ShowSpectrogramOptions): Promise<string> {
  const { sampleRate, heat, recording, title: _title, events: _events, box: _box, hop: _hop, ...named } = options;
  const seconds = samples.length / sampleRate;
  const usual = "kind" in named ? {} : { preset: "respirenet" };
  const cut = recording ? {} : { padding: "zero", fade: 0 };
  const input = openInput(drawnInput({ ...usual, ...named, seconds, ...cut } as InputOptions));
  const { start, end, samples: whole } = recording ?? { start: 0, end: seconds, samples };
  const [window] = inputWindows(input.prepare(whole, { sampleRate }), { start, end, input });
  const data = channelOf(await input.compute(window.samples, recording && window.from), input);
  const { frames, bands } = input;
  if (heat !== undefined && heat.length !== frames * bands) {
    throw new InputError({
      expected: `heat of ${frames} frames by ${bands} bands, as the spectrogram has`,
      found: `${heat.length} numbers, not ${frames * bands}`,
      where: "the picture of where a network looked",
      remedy: "give the samples of one window, and the run's input: { ...bundle.input, sampleRate, heat }",
    });
  }
  return spectrogramSvg(data, { ...options, bands: input.axes.bands, seconds });
}

const BOX: SpectrogramBox = { width: 500, left: 56, right: 490, height: 230, bottom: 184 };

/**
 * Shows the log-Mel spectrograms of one sound side by side, one a preset.
 *
 * @param options `sampleRate` of the samples, Hz; `names` of presets. @default {all of them}
 */
export async function showSpectrograms(
  samples: Float32Array,
  { sampleRate, names = Object.keys(presets) as PresetName[] }: { sampleRate: number; names?: readonly PresetName[] },
): Promise<void> {
  await displayBundle({
    "image/png": (await svgPng(await spectrogramsSvg(samples, { sampleRate, names }))).toBase64(),
    "text/plain": `log-Mel spectrograms: ${names.join(", ")}`,
  });
}

/** The picture of {@linkcode showSpectrograms} as SVG, two in a row. */
export async function spectrogramsSvg(
  samples: Float32Array,
  { sampleRate, names }: { sampleRate: number; names: readonly PresetName[] },
): Promise<string> {
  const pictures = await Promise.all(names.map(async (preset, i) => {
    const { sampleRate: rate, nMels, fMin, fMax } = presets[preset];
    const title = `${preset}: ${nMels} bands, ${fMin} to ${fMax} Hz, at ${rate} Hz`;
    const svg = await spectrogramOf(samples, { sampleRate, preset, title, box: BOX });
    return svg.replace("<svg ", `<svg x="${(i % 2) * BOX.width}" y="${Math.floor(i / 2) * BOX.height}" `);
  }));
  const [width, height] = [2 * BOX.width, Math.ceil(names.length / 2) * BOX.height];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
    `<rect width="100%" height="100%" fill="#ffffff"/>${pictures.join("")}</svg>`;
}
