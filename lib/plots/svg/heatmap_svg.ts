import { encode } from "fast-png";
import type { DrawnTrace } from "./figure_svg.ts";
import type { TracePlace } from "./trace_svg.ts";

/** The cells as one picture of a pixel each. */
export function heatmapSvg(
  { z = [], x: xs = [], colorscale, zmin, zmax }: DrawnTrace,
  { x, y, top, bottom, left }: TracePlace,
): string {
  const values = z.flat().filter((value): value is number => value !== null && Number.isFinite(value));
  const least = zmin ?? values.reduce((a, b) => Math.min(a, b), Infinity);
  const greatest = zmax ?? values.reduce((a, b) => Math.max(a, b), -Infinity);
  const stops = Array.isArray(colorscale)
    ? (colorscale as [number, string][]).map(([at, c]): [number, number[]] => [at, rgba(c)])
    : GREYS;
  const [columns, rows] = [z[0]?.length ?? 0, z.length];
  if (columns === 0) return "";
  const upsideDown = y.ticks.length > 1 && y.ticks[0].at < y.ticks.at(-1)!.at;
  const data = new Uint8Array(4 * columns * rows);
  z.forEach((row, r) =>
    row.forEach((value, c) => {
      const share = greatest > least ? ((value ?? least) - least) / (greatest - least) : 0;
      data.set(colourAt(stops, share), 4 * ((upsideDown ? r : rows - 1 - r) * columns + c));
    })
  );
  const png = encode({ width: columns, height: rows, data, channels: 4, depth: 8 }).toBase64();
  const right = Math.max(...xs.map((value) => x.place(value))) + x.step / 2;
  return `<image x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" preserveAspectRatio="none" ` +
    `image-rendering="optimizeSpeed" href="data:image/png;base64,${png}"/>`;
}

const GREYS: [number, number[]][] = [[0, [255, 255, 255, 255]], [1, [40, 60, 90, 255]]];

/** Red, green, blue, 0 to 255, and opacity, of `#rrggbb`, `rgb(…)` or `rgba(…)`, over white. */
function rgba(colour: string): number[] {
  if (colour.startsWith("#")) return [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16)).concat(255);
  const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g)!.map(Number);
  return [red, green, blue].map((part) => Math.round(255 + (part - 255) * alpha)).concat(255);
}

function colourAt(stops: [number, number[]][], share: number): number[] {
  const at = Math.max(0, Math.min(1, share));
  const above = Math.max(1, stops.findIndex(([place]) => place >= at));
  const [[low, a], [high, b]] = [stops[above - 1], stops[above]];
  return a.map((part, i) => Math.round(part + (b[i] - part) * (at - low) / (high - low || 1)));
}
