import type { DrawnTrace } from "./figure_svg.ts";
import { heatmapSvg } from "./heatmap_svg.ts";
import { linePoints, type Point } from "./line_points.ts";
import type { ShapeArea } from "./line_shapes_svg.ts";
import { type MarkerLook, markerSvg } from "./marker_svg.ts";

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

function pointsOf(trace: DrawnTrace, scales: Pick<TracePlace, "x" | "y">): Point[] {
  return unbroken(trace, scales).flat();
}
