import type { LayoutAxis } from "plotly.js";
import type { Figure } from "../figure.ts";
import { PAPER } from "../palette.ts";
import { plotTemplate } from "../template.ts";
import { type AxisScale, axisScale } from "./axis_scale.ts";
import { bottomTicks, gridLines, LETTER, text } from "./axis_svg.ts";
import { lineShapesSvg } from "./line_shapes_svg.ts";
import { markerSvg } from "./marker_svg.ts";
import { dashAttribute, markerLook, traceSvg } from "./trace_svg.ts";

/** A trace of a figure, as far as it is drawn here. */
export interface DrawnTrace {
  type?: string;
  mode?: string;
  x?: readonly unknown[];
  y?: readonly unknown[];
  z?: readonly (readonly (number | null)[])[];
  name?: string;
  yaxis?: string;
  xaxis?: string;
  orientation?: string;
  showlegend?: boolean;
  opacity?: number;
  fill?: string;
  fillcolor?: string;
  text?: unknown;
  line?: { color?: string; dash?: string; width?: number; shape?: string };
  marker?: { color?: unknown; size?: unknown; symbol?: unknown; line?: { width?: number } };
  colorscale?: unknown;
  zmin?: number;
  zmax?: number;
  error_x?: ErrorBars;
  error_y?: ErrorBars;
}

/** Lengths of the intervals of points, in units of the axis. */
interface ErrorBars {
  array?: readonly number[];
  arrayminus?: readonly number[];
}

export interface FigureSvgOptions {
  /** Pixels; a figure narrower than a page has no taller plot than it is wide. @default {760} */
  width?: number;
  /** Whether its title stands above it. @default {true} */
  title?: boolean;
}

const MARGIN = { left: 70, right: 24, top: 44, bottom: 56 };

/**
 * A figure as SVG, for places where no script runs: GitHub, untrusted notebooks, print. It draws lines, points, bars
 * and heat maps with their axes; the living figure has the rest.
 */
export function figureSvg(figure: Figure, { width = 760, title: titled = true }: FigureSvgOptions = {}): string {
  const { layout } = figure;
  const traces = figure.data as DrawnTrace[];
  const colours = plotTemplate("light").layout!.colorway!.map(String);
  const { ink, muted, grid, paper } = PAPER.light;
  const named = traces.map((trace, i) => ({ trace, colour: colourOf(trace, colours[i % colours.length]) }))
    .filter(({ trace }) => trace.name && trace.showlegend !== false);
  const legend = layout.showlegend === false || named.length < 2 ? [] : named;
  const legendColumns = Math.max(1, Math.floor((width - MARGIN.left) / 225));
  const legendRows = Math.ceil(legend.length / legendColumns);
  const first = titled ? MARGIN.top : 14;
  const rows = new Set(traces.flatMap((trace) => [...trace.y ?? []]).filter((value) => typeof value === "string")).size;
  const lowest = MARGIN.bottom + rows * (traces[0]?.type === "heatmap" ? 36 : 22);
  const height = Math.min(layout.height ?? 400, Math.max(0.7 * width, lowest + 60) + 18 * legendRows);
  const left = Math.min(0.45 * width, Math.max(MARGIN.left, 24 + LETTER * longestName(traces)));
  const right = width - MARGIN.right;
  const slanted = slantedLetters(traces, right - left);
  const box = { left, right, top: first + 18 * legendRows, bottom: height - MARGIN.bottom - 0.6 * LETTER * slanted };
  const title = typeof layout.title === "object" ? layout.title.text : layout.title;

  // One plot area for each vertical axis; they stand above each other where the layout gives them domains.
  const areas = [...new Set(traces.map((trace) => trace.yaxis ?? "y"))].map((name) => {
    const axisY = axisOf(layout, name);
    const mine = traces.filter((trace) => (trace.yaxis ?? "y") === name);
    const [low, high] = axisY.domain ?? [0, 1];
    const bottom = box.bottom - low * (box.bottom - box.top);
    const top = box.bottom - high * (box.bottom - box.top);
    const axisX = axisOf(layout, mine[0].xaxis ?? "x");
    const bars = (orientation: string) =>
      mine.some((trace) => trace.type === "bar" && (trace.orientation ?? "v") === orientation);
    const x = axisScale({
      axis: axisX,
      values: mine.flatMap((t) => reached(t.x, t.error_x)),
      from: box.left,
      to: box.right,
      zero: bars("h"),
    });
    const y = axisScale({
      axis: axisY,
      values: mine.flatMap((t) => reached(t.y, t.error_y)),
      from: bottom,
      to: top,
      zero: bars("v"),
    });
    return { mine, x, y, axisX, axisY, top, bottom, lowest: bottom > box.bottom - 1 };
  });

  const parts = areas.flatMap(({ mine, x, y, axisX, axisY, top, bottom, lowest }) => [
    ...gridLines(y, { box, colour: grid, ink: muted }),
    `<line x1="${box.left}" x2="${box.right}" y1="${bottom}" y2="${bottom}" stroke="${grid}"/>`,
    ...(lowest ? bottomTicks(x, { y: bottom, ink: muted, slanted: slanted > 0 }) : []),
    text(titleOf(axisY), { x: 16, y: (top + bottom) / 2, anchor: "middle", colour: ink, turned: -90 }),
    lowest
      ? text(titleOf(axisX), { x: (box.left + box.right) / 2, y: height - 12, anchor: "middle", colour: ink })
      : "",
    ...mine.map((trace) =>
      traceSvg(trace, {
        x,
        y,
        top,
        bottom,
        left: box.left,
        colour: colourOf(trace, colours[traces.indexOf(trace) % colours.length]),
      })
    ),
  ]);
  const notes = areas.length === 1
    ? lineShapesSvg(layout, { ...areas[0], left: box.left, right: box.right }) +
      annotations(layout, { ...areas[0], ink })
    : "";
  const keys = legend.map(({ trace, colour }, i) => {
    const [x, y] = [MARGIN.left + (i % legendColumns) * 225, first + 18 * Math.floor(i / legendColumns)];
    const name = text(trace.name, { x: x + 32, y: y - 3, colour: muted, size: 12 });
    if (trace.mode === "markers") return markerSvg([x + 13, y - 7], markerLook(trace, colour)) + name;
    const dash = dashAttribute(trace);
    return `<line x1="${x}" y1="${y - 7}" x2="${x + 26}" y2="${y - 7}" stroke="${colour}" stroke-width="${
      dash ? 2 : 4
    }"${dash}/>${name}`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="DejaVu Sans, Arial, Helvetica, sans-serif" font-size="12"><rect width="100%" height="100%" fill="${paper}"/>` +
    text(titled ? title : "", { x: MARGIN.left, y: 22, colour: ink, size: 15 }) + keys.join("") + parts.join("") +
    notes + "</svg>";
}

/** Values along an axis, and both ends of their intervals. */
function reached(values: readonly unknown[] = [], error: ErrorBars | undefined): unknown[] {
  const ends = error?.array?.flatMap((length, i) => [
    Number(values[i]) + length,
    Number(values[i]) - (error.arrayminus ?? error.array!)[i],
  ]);
  return [...values, ...ends ?? []];
}

/** Texts at places of the axes, e.g. the counts of a confusion matrix. */
function annotations(layout: Figure["layout"], { x, y, ink }: { x: AxisScale; y: AxisScale; ink: string }): string {
  const placed = (layout.annotations ?? []).filter(({ xref = "x", yref = "y" }) => xref === "x" && yref === "y");
  const size = x.step > 0 && x.step < 48 ? 10.5 : 12;
  return placed.flatMap((note) => {
    const lines = (note.text ?? "").split(/<br\s*\/?>/);
    const first = y.place(note.y) + 4 - 7 * (lines.length - 1);
    return lines.map((line, i) =>
      text(line, { x: x.place(note.x), y: first + 14 * i, anchor: "middle", colour: ink, size })
    );
  }).join("");
}

/** Letters of the longest category along the vertical axes. */
function longestName(traces: readonly DrawnTrace[]): number {
  const names = traces.flatMap((trace) => [...trace.y ?? []]).filter((value) => typeof value === "string");
  return Math.min(40, names.reduce((longest, name) => Math.max(longest, name.length), 0));
}

/** Letters of the longest category along the horizontal axes where the categories have no room beside each other, else 0. */
function slantedLetters(traces: readonly DrawnTrace[], width: number): number {
  const names = new Set(traces.flatMap((trace) => [...trace.x ?? []]).filter((value) => typeof value === "string"));
  const longest = Math.min(24, [...names].reduce((most, name) => Math.max(most, name.length), 0));
  return longest * LETTER > width / names.size ? longest : 0;
}

function axisOf(layout: Figure["layout"], name: string): Partial<LayoutAxis> {
  const key = `${name[0]}axis${name.slice(1)}` as keyof typeof layout;
  return (layout[key] ?? {}) as Partial<LayoutAxis>;
}

function titleOf({ title }: Partial<LayoutAxis>): string | undefined {
  return typeof title === "object" ? title.text : title;
}

function colourOf({ line, marker }: DrawnTrace, byDefault: string): string {
  return line?.color ?? (typeof marker?.color === "string" ? marker.color : byDefault);
}
