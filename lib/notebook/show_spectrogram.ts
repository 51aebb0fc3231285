import { InputError } from "../errors/mod.ts";
import { channelOf, drawnInput, type InputOptions, inputWindows, openInput } from "../features/mod.ts";
import { spectrogramSvg, type SpectrogramSvgOptions, svgPng } from "../pictures/mod.ts";
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
