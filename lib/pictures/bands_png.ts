// Runs in a page as well.
import { encode } from "fast-png";
import { MAGMA } from "./magma.ts";

/** The shape of a picture of bands over time. */
export interface BandsShape {
  frames: number;
  bands: number;
}

/**
 * A spectrogram as PNG, time to the right and bands upwards, in magma from its least to its greatest value; values 80
 * below the greatest and lower are black.
 *
 * @param levels `[frames, bands]`, row-major, dB.
 */
export function spectrogramPng(levels: Float32Array, shape: BandsShape): Uint8Array {
  let least = Infinity, greatest = -Infinity;
  for (const value of levels) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  least = Math.max(least, greatest - 80);
  const scale = greatest > least ? 255 / (greatest - least) : 0;
  const data = upright(levels, shape, (value) => Math.max(0, Math.round((value - least) * scale)));
  const palette = MAGMA.map((colour) => [...colour]);
  return encode({ width: shape.frames, height: shape.bands, data, channels: 1, depth: 8, palette });
}

/**
 * Where the network looked, as a PNG that is laid over the spectrogram: transparent there, dark elsewhere. The colours
 * of the sound stay what they are.
 *
 * @param heat `[frames, bands]`, row-major, 0 to 1.
 */
export function heatPng(heat: Float32Array, shape: BandsShape): Uint8Array {
  const alpha = upright(heat, shape, (value) => Math.round(215 * (1 - Math.max(0, Math.min(1, value)))));
  const data = new Uint8Array(4 * alpha.length);
  alpha.forEach((value, i) => data[4 * i + 3] = value);
  return encode({ width: shape.frames, height: shape.bands, data, channels: 4, depth: 8 });
}

/** `[frames, bands]` to rows of pixels, the highest band on top. */
function upright(values: Float32Array, { frames, bands }: BandsShape, shade: (value: number) => number): Uint8Array {
  const pixels = new Uint8Array(frames * bands);
  for (let frame = 0; frame < frames; frame++) {
    for (let band = 0; band < bands; band++) {
      pixels[(bands - 1 - band) * frames + frame] = shade(values[frame * bands + band]);
    }
  }
  return pixels;
}
