import { encode } from "fast-png";
import { svgText } from "../../pictures/mod.ts";
import type { Figure } from "../figure.ts";
import type { AxisScale } from "./axis_scale.ts";
import type { DrawnTrace, ErrorBars } from "./figure_svg.ts";
import { type MarkerLook, markerSvg } from "./marker_svg.ts";

/** A place in a picture, pixels. */
type Point = [number, number];

/** The plot area that shapes lie in, pixels. */
export interface ShapeArea {
  x: AxisScale;
  y: AxisScale;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

/** Where a trace is drawn, and how. */
export interface TracePlace extends Omit<ShapeArea, "right"> {
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

/** The straight lines of a layout, such as a value to beat; `paper` counts from 0 to 1 along the plot area. */
export function lineShapesSvg({ shapes = [] }: Figure["layout"], area: ShapeArea): string {
  const { x, y, left, right, top, bottom } = area;
  const across = (ref: unknown, value: unknown) =>
    ref === "paper" ? left + Number(value) * (right - left) : x.place(value);
  const upright = (ref: unknown, value: unknown) =>
    ref === "paper" ? bottom - Number(value) * (bottom - top) : y.place(value);
  return shapes.filter(({ type }) => type === "line").map(({ xref, yref, x0, x1, y0, y1, line = {} }) =>
    `<line x1="${across(xref, x0)}" x2="${across(xref, x1)}" y1="${upright(yref, y0)}" y2="${upright(yref, y1)}" ` +
    `stroke="${line.color}" stroke-width="${line.width ?? 2}"${dashAttribute({ line: { dash: line.dash } })}/>`
  ).join("");
}

/** One trace of a figure as SVG; nothing for a kind that isn't drawn. */
export function traceSvg(trace: DrawnTrace, place: TracePlace): string {
  if (trace.type === "heatmap") return heatmapSvg(trace, place);
  if (trace.type === "bar") return bars(trace, place);
  if (trace.type === undefined || trace.type.startsWith("scatter")) return lines(trace, place);
  return "";
}

function lines(trace: DrawnTrace, { x, y, bottom, colour }: TracePlace): string {
  const mode = trace.mode ?? "lines";
  const opacity = trace.opacity ?? 1;
  const shape = trace.line?.shape;
  const parts: string[] = [errorBars(trace, { x, y, colour })];
  const strokes = unbroken(trace, { x, y }).map((points) => linePoints(points, shape));
  const path = (points: readonly Point[]) => points.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(" ");
  if (trace.fill === "tozeroy") {
    parts.push(...strokes.map((points) => {
      const area = `${points[0][0]},${bottom} ${path(points)} ${points.at(-1)![0]},${bottom}`;
      return `<polygon points="${area}" fill="${trace.fillcolor ?? colour}" fill-opacity="0.25"/>`;
    }));
  }
  if (mode.includes("lines") && (trace.line?.width ?? 1) > 0) {
    const alone = strokes.filter((points) => points.length === 1); // a line of one point would not be seen
    parts.push(...alone.map(([point]) => markerSvg(point, { symbol: "circle", size: 5, colour, opacity })));
    parts.push(
      ...strokes.map((points) =>
        `<polyline points="${path(points)}" fill="none" stroke="${colour}" stroke-width="${trace.line?.width ?? 2}" ` +
        `stroke-opacity="${opacity}"${dashAttribute(trace)}/>`
      ),
    );
  }
  if (mode.includes("markers")) {
    const look = markerLook(trace, colour);
    parts.push(...pointsOf(trace, { x, y }).map((point) => markerSvg(point, look)));
  }
  return parts.join("");
}

export function markerLook({ marker = {}, opacity = 1 }: DrawnTrace, colour: string): MarkerLook {
  return {
    symbol: typeof marker.symbol === "string" ? marker.symbol : "circle",
    size: typeof marker.size === "number" ? marker.size : 7,
    colour,
    opacity,
    stroke: marker.line?.width,
  };
}

/**
 * The corners of a line through points as plotly draws its shape: `hv` goes across and then up or down to the next
 * point, `vh` the other way round, and every other shape straight there.
 */
function linePoints(points: readonly Point[], shape = "linear"): Point[] {
  return points.flatMap(([x, y], i): Point[] => {
    const before = points[i - 1];
    if (before === undefined || (shape !== "hv" && shape !== "vh")) return [[x, y]];
    return [shape === "hv" ? [x, before[1]] : [before[0], y], [x, y]];
  });
}

/** The points of a line between its gaps: a missing value ends a stroke. */
function unbroken({ x: xs = [], y: ys = [] }: DrawnTrace, { x, y }: Pick<TracePlace, "x" | "y">): Point[][] {
  const strokes: Point[][] = [[]];
  ys.forEach((value, i) => {
    const at = xs[i] === undefined ? i : xs[i];
    const point: Point = [x.place(at), y.place(value)];
    if (at === null || value === null || !point.every(Number.isFinite)) strokes.push([]);
    else strokes.at(-1)!.push(point);
  });
  return strokes.filter((points) => points.length > 0);
}

/** The intervals of points, along either axis. */
function errorBars(
  { x: xs = [], y: ys = [], error_x = {}, error_y = {} }: DrawnTrace,
  { x, y, colour }: Pick<TracePlace, "x" | "y" | "colour">,
): string {
  const line = (x1: number, y1: number, x2: number, y2: number) =>
    [x1, y1, x2, y2].every(Number.isFinite)
      ? `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${colour}" stroke-width="1.5"/>`
      : "";
  return ys.map((value, i) => {
    const [px, py] = [x.place(xs[i]), y.place(value)];
    const ends = ({ array, arrayminus = array }: ErrorBars, of: unknown) =>
      array ? [Number(of) - arrayminus![i], Number(of) + array[i]] : [];
    const [left, right] = ends(error_x, xs[i]).map(x.place), [low, high] = ends(error_y, value).map(y.place);
    return (left === undefined ? "" : line(left, py, right, py)) + (low === undefined ? "" : line(px, low, px, high));
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

function pointsOf(trace: DrawnTrace, scales: Pick<TracePlace, "x" | "y">): Point[] {
  return unbroken(trace, scales).flat();
}

/** The cells as one picture of a pixel each. */
function heatmapSvg(
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
  const picture = `<image x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" ` +
    `preserveAspectRatio="none" image-rendering="optimizeSpeed" href="data:image/png;base64,${png}"/>`;
  if (!Array.isArray(text) || rows * columns > MOST_NUMBERS) return picture;
  const cells = (text as unknown[][]).flatMap((row, r) =>
    row.map((value, c) => {
      const px = left + (c + 0.5) / row.length * (right - left);
      const py = top + ((upsideDown ? r : rows - 1 - r) + 0.5) / rows * (bottom - top) + 4;
      const first = String(value).split("<br>")[0].replaceAll(/<[^>]+>/g, "");
      return svgText(first, { x: px, y: py, anchor: "middle", colour: "#1c2127" });
    })
  );
  return picture + cells.join("");
}

/** Cells whose numbers are written into them. */
const MOST_NUMBERS = 144;

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
