import { encode } from "fast-png";
import type { AxisScale } from "./axis_scale.ts";
import type { DrawnTrace } from "./figure_svg.ts";

/** Where a trace is drawn, and how. */
export interface TracePlace {
  x: AxisScale;
  y: AxisScale;
  left: number;
  top: number;
  bottom: number;
  colour: string;
}

/** Lengths of strokes and gaps by plotly's names. */
const DASHES: Record<string, string> = {
  dash: "9 5",
  dot: "2 4",
  dashdot: "9 4 2 4",
  longdash: "14 6",
  longdashdot: "14 4 2 4",
};

/** The attribute that breaks a trace's line into its strokes; empty for a whole line. */
export function dashAttribute({ line }: DrawnTrace): string {
  const dash = DASHES[line?.dash ?? ""];
  return dash ? ` stroke-dasharray="${dash}"` : "";
}

/** One trace of a figure as SVG; nothing for a kind that isn't drawn. */
export function traceSvg(trace: DrawnTrace, place: TracePlace): string {
  if (trace.type === "heatmap") return heatmap(trace, place);
  if (trace.type === "bar") return bars(trace, place);
  if (trace.type === undefined || trace.type.startsWith("scatter")) return lines(trace, place);
  return "";
}

function lines(trace: DrawnTrace, { x, y, bottom, colour }: TracePlace): string {
  const points = pointsOf(trace, { x, y });
  const mode = trace.mode ?? "lines";
  const opacity = trace.opacity ?? 1;
  const path = points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(" ");
  const parts: string[] = [errorBars(trace, { x, y, colour })];
  if (trace.fill?.startsWith("to") && points.length > 0) {
    const area = `${points[0][0]},${bottom} ${path} ${points.at(-1)![0]},${bottom}`;
    if (trace.fill === "tozeroy") {
      parts.push(`<polygon points="${area}" fill="${trace.fillcolor ?? colour}" fill-opacity="0.25"/>`);
    }
  }
  if (mode.includes("lines") && (trace.line?.width ?? 1) > 0) {
    parts.push(
      `<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="${trace.line?.width ?? 2}" ` +
        `stroke-opacity="${opacity}"${dashAttribute(trace)}/>`,
    );
  }
  if (mode.includes("markers")) {
    const size = typeof trace.marker?.size === "number" ? trace.marker.size / 2 : 3.5;
    parts.push(
      ...points.map(([px, py]) =>
        `<circle cx="${px}" cy="${py}" r="${size}" fill="${colour}" fill-opacity="${opacity}"/>`
      ),
    );
  }
  return parts.join("");
}

/** The intervals of points, along either axis. */
function errorBars(
  { x: xs = [], y: ys = [], error_x, error_y }: DrawnTrace,
  { x, y, colour }: Pick<TracePlace, "x" | "y" | "colour">,
): string {
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    [x1, y1, x2, y2].every(Number.isFinite)
      ? `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}" stroke-width="1.5"/>`
      : "";
  return ys.map((value, i) => {
    const across = error_x?.array && line(
      x.place(Number(xs[i]) - (error_x.arrayminus ?? error_x.array)[i]),
      y.place(value),
      x.place(Number(xs[i]) + error_x.array[i]),
      y.place(value),
    );
    const upright = error_y?.array && line(
      x.place(xs[i]),
      y.place(Number(value) - (error_y.arrayminus ?? error_y.array)[i]),
      x.place(xs[i]),
      y.place(Number(value) + error_y.array[i]),
    );
    return (across ?? "") + (upright ?? "");
  }).join("");
}

function bars(trace: DrawnTrace, { x, y, left, bottom, colour }: TracePlace): string {
  const upright = (trace.orientation ?? "v") === "v";
  const points = pointsOf(trace, { x, y });
  const along = points.map(([px, py]) => upright ? px : py).toSorted((a, b) => a - b);
  const apart = along.slice(1).map((place, i) => place - along[i]).filter((distance) => distance > 0);
  const step = (upright ? x.step : y.step) || Math.min(20, ...apart);
  return points.map(([px, py]) => {
    const width = 0.8 * step;
    const zero = upright ? Math.min(bottom, y.place(0)) : Math.max(left, x.place(0));
    const [rx, ry, w, h] = upright
      ? [px - width / 2, Math.min(py, zero), width, Math.abs(zero - py)]
      : [Math.min(px, zero), py - width / 2, Math.abs(px - zero), width];
    return `<rect x="${rx}" y="${ry}" width="${w}" height="${h}" fill="${colour}"/>`;
  }).join("");
}

function pointsOf({ x: xs = [], y: ys = [] }: DrawnTrace, { x, y }: Pick<TracePlace, "x" | "y">): [number, number][] {
  return ys.map((value, i): [number, number] => [x.place(xs[i] ?? i), y.place(value)])
    .filter(([px, py]) => Number.isFinite(px) && Number.isFinite(py));
}

/** The cells as one picture of a pixel each, with their numbers where there is room. */
function heatmap(
  { z = [], x: xs = [], colorscale, zmin, zmax, text }: DrawnTrace,
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
  const numbers = Array.isArray(text) && rows * columns <= 144
    ? cellTexts(text as unknown[][], { x, y, top, bottom, left, right, upsideDown })
    : "";
  return `<image x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" preserveAspectRatio="none" ` +
    `image-rendering="optimizeSpeed" href="data:image/png;base64,${png}"/>${numbers}`;
}

function cellTexts(
  text: unknown[][],
  { top, bottom, left, right, upsideDown }: TracePlaceOfCells,
): string {
  const rows = text.length;
  return text.flatMap((row, r) =>
    row.map((value, c) => {
      const px = left + (c + 0.5) / row.length * (right - left);
      const py = top + ((upsideDown ? r : rows - 1 - r) + 0.5) / rows * (bottom - top) + 4;
      const first = String(value).split("<br>")[0].replaceAll(/<[^>]+>/g, "");
      return `<text x="${px}" y="${py}" font-size="11" text-anchor="middle" fill="#1c2127">${first}</text>`;
    })
  ).join("");
}

interface TracePlaceOfCells {
  x: AxisScale;
  y: AxisScale;
  top: number;
  bottom: number;
  left: number;
  right: number;
  upsideDown: boolean;
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
