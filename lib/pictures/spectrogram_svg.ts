import { type BandAxis, bandTicks, bandTitle } from "./band_ticks.ts";
import { heatPng, spectrogramPng } from "./bands_png.ts";
import { dataAddress } from "./data_address.ts";
import { svgText } from "./svg_text.ts";
import { timeTicks } from "./time_ticks.ts";

/** Something that happens in a recording. */
export interface TimedEvent {
  /** Seconds. */
  start: number;
  /** Seconds. */
  end: number;
  label: string;
}

export interface SpectrogramSvgOptions {
  /** Length of the sound, seconds. */
  seconds: number;
  bands: BandAxis;
  title?: string;
  /** Drawn as brackets above the picture. */
  events?: readonly TimedEvent[];
  /** Where a network looked: `[frames, bands]`, row-major, 0 to 1; dark elsewhere. */
  heat?: Float32Array;
  /** Size of the picture. @default {760 by 300} */
  box?: SpectrogramBox;
}

/** Size of the whole, and where the picture itself lies in it. */
export interface SpectrogramBox {
  width: number;
  height: number;
  left: number;
  right: number;
  bottom: number;
}

/** The size that fills a cell. */
export const SPECTROGRAM_BOX: SpectrogramBox = { width: 760, left: 62, right: 748, height: 300, bottom: 252 };
const EVENT_COLOUR = "#0072b2";

/**
 * A spectrogram with its axes.
 *
 * @param levels `[frames, bands]`, row-major, dB.
 */
export function spectrogramSvg(
  levels: Float32Array,
  { seconds, bands: axis, title = "", events = [], heat, box = SPECTROGRAM_BOX }: SpectrogramSvgOptions,
): string {
  const { width, left, right, height, bottom } = box;
  const top = (title ? 30 : 10) + (events.length > 0 ? 24 : 0);
  const bands = axis.length;
  const shape = { frames: levels.length / bands, bands };
  const place = `x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" preserveAspectRatio="none"`;
  const picture = `<image ${place} href="${dataAddress("image/png", spectrogramPng(levels, shape))}"/>` +
    (heat ? `<image ${place} href="${dataAddress("image/png", heatPng(heat, shape))}"/>` : "");
  const frequencies = bandTicks(axis).map(({ label, band }) =>
    svgText(label, { x: left - 6, y: bottom - (band + 0.5) / bands * (bottom - top) + 4, anchor: "end" })
  );
  const x = (second: number) => left + second / seconds * (right - left);
  const times = timeTicks(seconds, 10).map((second) =>
    `<line x1="${x(second)}" x2="${x(second)}" y1="${bottom}" y2="${bottom + 4}" stroke="#5a6472"/>` +
    svgText(String(second), { x: x(second), y: bottom + 17, anchor: "middle" })
  );
  const brackets = events.map(({ start, end, label }) => {
    const [from, to] = [x(Math.max(0, start)), x(Math.min(seconds, end))];
    return `<path d="M${from} ${top - 4}v-5H${to}v5" fill="none" stroke="${EVENT_COLOUR}" stroke-width="1.5"/>` +
      svgText(label, { x: (from + to) / 2, y: top - 13, anchor: "middle", colour: EVENT_COLOUR });
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="DejaVu Sans, Arial, Helvetica, sans-serif" font-size="11">` +
    `<rect width="100%" height="100%" fill="#ffffff"/>${
      svgText(title, { x: left, y: 18, size: 14, colour: "#1c2127" })
    }` +
    picture + frequencies.join("") + times.join("") + brackets.join("") +
    svgText("time (s)", { x: (left + right) / 2, y: height - 8, anchor: "middle", size: 12, colour: "#1c2127" }) +
    svgText(bandTitle(axis), {
      x: 14,
      y: (top + bottom) / 2,
      anchor: "middle",
      size: 12,
      colour: "#1c2127",
      turned: -90,
    }) +
    "</svg>";
}
