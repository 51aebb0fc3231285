import { type PresetName, presets } from "../features/mod.ts";
import { type SpectrogramBox, svgPng } from "../pictures/mod.ts";
import { displayBundle } from "./display_bundle.ts";
import { spectrogramOf } from "./show_spectrogram.ts";

export interface ShowSpectrogramsOptions {
  /** Of the samples, Hz. */
  sampleRate: number;
  /** @default all of them */
  names?: readonly PresetName[];
  /** Pictures in a row. @default {2} */
  columns?: number;
}

const BOX: SpectrogramBox = { width: 500, left: 56, right: 490, height: 230, bottom: 184 };

/** Shows the log-Mel spectrograms of one sound side by side, one a preset. */
export async function showSpectrograms(samples: Float32Array, options: ShowSpectrogramsOptions): Promise<void> {
  const { names = Object.keys(presets) as PresetName[] } = options;
  await displayBundle({
    "image/png": (await svgPng(await spectrogramsSvg(samples, { ...options, names }))).toBase64(),
    "text/plain": `log-Mel spectrograms: ${names.join(", ")}`,
  });
}

/** The picture of {@linkcode showSpectrograms} as SVG. */
export async function spectrogramsSvg(
  samples: Float32Array,
  { sampleRate, names, columns = 2 }: ShowSpectrogramsOptions & { names: readonly PresetName[] },
): Promise<string> {
  const pictures = await Promise.all(names.map(async (preset, i) => {
    const { sampleRate: rate, nMels, fMin, fMax } = presets[preset];
    const title = `${preset}: ${nMels} bands, ${fMin} to ${fMax} Hz, at ${rate} Hz`;
    const svg = await spectrogramOf(samples, { sampleRate, preset, title, box: BOX });
    const [x, y] = [(i % columns) * BOX.width, Math.floor(i / columns) * BOX.height];
    return svg.replace("<svg ", `<svg x="${x}" y="${y}" `);
  }));
  const [width, height] = [columns * BOX.width, Math.ceil(names.length / columns) * BOX.height];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
    `<rect width="100%" height="100%" fill="#ffffff"/>${pictures.join("")}</svg>`;
}
