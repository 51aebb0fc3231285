/**
 * Pictures of sound: spectrogram, heat, waveform, events and their axes, as PNG, SVG or part of a page; and the sound
 * itself, to be played beside them.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { bandTicks } from "./mod.ts";
 * expect(bandTicks([50, 150, 250], { apart: 0 })[1]).toEqual({ label: "100", band: 0.5 });
 * ```
 *
 * @module
 */
export * from "./band_ticks.ts";
export * from "./bands_png.ts";
export * from "./data_address.ts";
export * from "./escape_xml.ts";
export * from "./magma.ts";
export * from "./playable_wav.ts";
export * from "./sound_picture.tsx";
export * from "./spectrogram_svg.ts";
export * from "./svg_png.ts";
export * from "./svg_text.ts";
export * from "./time_ticks.ts";
export * from "./waveform_path.ts";
