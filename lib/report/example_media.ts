import { encode } from "fast-png";
import { MAGMA } from "../plots/mod.ts";
import { type PlayableOptions, playableWav } from "./playable_wav.ts";

/** The shape of a picture of bands over time. */
export interface PictureShape {
  frames: number;
  nMels: number;
}

/**
 * A log-Mel spectrogram as a PNG data address, time to the right and bands upwards, in magma from its least to its
 * greatest value; values 80 below the greatest and lower are black.
 *
 * @param logMel `[frames, nMels]`, row-major, dB.
 */
export function spectrogramPicture(logMel: Float32Array, shape: PictureShape): string {
  let least = Infinity, greatest = -Infinity;
  for (const value of logMel) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  least = Math.max(least, greatest - 80);
  const scale = greatest > least ? 255 / (greatest - least) : 0;
  const shades = upright(logMel, shape, (value) => Math.max(0, Math.round((value - least) * scale)));
  const palette = MAGMA.map((colour) => [...colour]);
  const { frames: width, nMels: height } = shape;
  return dataAddress("image/png", encode({ width, height, data: shades, channels: 1, depth: 8, palette }));
}

/**
 * Where the network looked, as a PNG that is laid over the spectrogram: transparent there, dark elsewhere. The colours
 * of the sound stay what they are.
 *
 * @param heat `[frames, nMels]`, row-major, 0 to 1.
 */
export function heatPicture(heat: Float32Array, shape: PictureShape): string {
  const { frames: width, nMels: height } = shape;
  const alpha = upright(heat, shape, (value) => Math.round(215 * (1 - Math.max(0, Math.min(1, value)))));
  const data = new Uint8Array(4 * alpha.length);
  alpha.forEach((value, i) => data[4 * i + 3] = value);
  return dataAddress("image/png", encode({ width, height, data, channels: 4, depth: 8 }));
}

/** A {@linkcode playableWav} as a data address. */
export function playableSound(samples: Float32Array, options: PlayableOptions): string {
  return dataAddress("audio/wav", playableWav(samples, options));
}

/** An SVG path of the envelope, in a box of `columns` by 2, scaled to the loudest sample. */
export function waveformPath(samples: Float32Array, columns = 400): string {
  let peak = 0;
  for (const value of samples) peak = Math.max(peak, Math.abs(value));
  const least: string[] = [], greatest: string[] = [];
  for (let column = 0; column < columns; column++) {
    const start = Math.floor(column * samples.length / columns);
    const end = Math.max(start + 1, Math.floor((column + 1) * samples.length / columns));
    let low = Infinity, high = -Infinity;
    for (let i = start; i < Math.min(end, samples.length); i++) {
      low = Math.min(low, samples[i]);
      high = Math.max(high, samples[i]);
    }
    const y = (value: number) => (1 - (peak > 0 ? value / peak : 0)).toFixed(2);
    if (low > high) continue;
    greatest.push(`${column} ${y(high)}`);
    // A flat piece still has a height, or silence would look like no signal at all.
    least.unshift(`${column} ${y(high - low < 0.02 * peak || peak === 0 ? low - 0.02 * (peak || 1) : low)}`);
  }
  return `M${[...greatest, ...least].join("L")}Z`;
}

/** `[frames, nMels]` to rows of pixels, the highest band on top. */
function upright(values: Float32Array, { frames, nMels }: PictureShape, shade: (value: number) => number): Uint8Array {
  const pixels = new Uint8Array(frames * nMels);
  for (let frame = 0; frame < frames; frame++) {
    for (let band = 0; band < nMels; band++) {
      pixels[(nMels - 1 - band) * frames + frame] = shade(values[frame * nMels + band]);
    }
  }
  return pixels;
}

function dataAddress(type: string, bytes: Uint8Array): string {
  return `data:${type};base64,${bytes.toBase64()}`;
}
