import type { LayoutAxis } from "plotly.js";
import type { Figure } from "../figure.ts";
import { PAPER, SERIES } from "../template.ts";
import { type AxisScale, axisScale } from "./axis_scale.ts";
import { bottomTicks, gridLines, LETTER, text } from "./axis_svg.ts";
import { markerSvg } from "./marker_svg.ts";
import { dashAttribute, lineShapesSvg, markerLook, traceSvg } from "./trace_svg.ts";

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
export interface ErrorBars {
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

/** A trace in its colour. */
interface ColouredTrace extends DrawnTrace {
  colour: string;
}

/** Where all is drawn, pixels. */
type Box = Record<"left" | "right" | "top" | "bottom", number>;

/**
 * A figure as SVG, for places where no script runs: GitHub, untrusted notebooks, print. It draws lines, points, bars
 * and heat maps with their axes; the living figure has the rest.
 */
export function figureSvg(figure: Figure, { width = 760, title: titled = true }: FigureSvgOptions = {}): string {
  const { layout } = figure, { ink, paper } = PAPER.light;
  const traces = (figure.data as DrawnTrace[]).map((trace, i) => ({ ...trace, colour: colourOf(trace, i) }));
  const named = traces.filter(({ name, showlegend }) => name && showlegend !== false);
  const legend = layout.showlegend === false || named.length < 2 ? [] : named;
  const legendColumns = Math.max(1, Math.floor((width - MARGIN.left) / 225));
  const legendHeight = 18 * Math.ceil(legend.length / legendColumns);
  const first = titled ? MARGIN.top : 14;
  const rows = categories(traces, "y"), longest = Math.min(40, longestOf(rows));
  const lowest = MARGIN.bottom + rows.size * (traces[0]?.type === "heatmap" ? 36 : 22);
  const height = Math.min(layout.height ?? 400, Math.max(0.7 * width, lowest + 60) + legendHeight);
  const left = Math.min(0.45 * width, Math.max(MARGIN.left, 24 + LETTER * longest));
  const right = width - MARGIN.right;
  const slanted = slantedLetters(traces, right - left);
  const box = { left, right, top: first + legendHeight, bottom: height - MARGIN.bottom - 0.6 * LETTER * slanted };
  const title = typeof layout.title === "object" ? layout.title.text : layout.title;
  const areas = areasOf(layout, traces, box);
  const notes = areas.length === 1
    ? lineShapesSvg(layout, { ...box, ...areas[0] }) + annotations(layout, areas[0])
    : "";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ` +
    `font-family="DejaVu Sans, Arial, Helvetica, sans-serif" font-size="12"><rect width="100%" height="100%" fill="${paper}"/>` +
    text(titled ? title : "", { x: MARGIN.left, y: 22, colour: ink, size: 15 }) +
    legend.map((trace, i) =>
      legendKey(trace, MARGIN.left + (i % legendColumns) * 225, first + 18 * Math.floor(i / legendColumns))
    ).join("") +
    areas.flatMap((area) => areaSvg(area, { ...box, height, slanted: slanted > 0 })).join("") + notes + "</svg>";
}

/** One plot area for each vertical axis; they stand above each other where the layout gives them domains. */
function areasOf(layout: Figure["layout"], traces: readonly ColouredTrace[], box: Box) {
  return [...Map.groupBy(traces, ({ yaxis = "y" }) => yaxis)].map(([name, mine]) => {
    const axisY = axisOf(layout, name), axisX = axisOf(layout, mine[0].xaxis ?? "x");
    const [bottom, top] = (axisY.domain ?? [0, 1]).map((share) => box.bottom - share * (box.bottom - box.top));
    const bars = (along: string) => mine.some(({ type, orientation = "v" }) => type === "bar" && orientation === along);
    const values = { x: mine.flatMap((t) => reached(t.x, t.error_x)), y: mine.flatMap((t) => reached(t.y, t.error_y)) };
    const x = axisScale({ axis: axisX, values: values.x, from: box.left, to: box.right, zero: bars("h") });
    const y = axisScale({ axis: axisY, values: values.y, from: bottom, to: top, zero: bars("v") });
    return { mine, x, y, axisX, axisY, top, bottom, lowest: bottom > box.bottom - 1 };
  });
}

function areaSvg(
  { mine, x, y, axisX, axisY, top, bottom, lowest }: ReturnType<typeof areasOf>[number],
  { left, right, height, slanted }: { left: number; right: number; height: number; slanted: boolean },
): string[] {
  const { ink, muted, grid } = PAPER.light;
  return [
    ...gridLines(y, { box: { left, right }, colour: grid, ink: muted }),
    `<line x1="${left}" x2="${right}" y1="${bottom}" y2="${bottom}" stroke="${grid}"/>`,
    ...(lowest ? bottomTicks(x, { y: bottom, ink: muted, slanted }) : []),
    text(titleOf(axisY), { x: 16, y: (top + bottom) / 2, anchor: "middle", colour: ink, turned: -90 }),
    lowest ? text(titleOf(axisX), { x: (left + right) / 2, y: height - 12, anchor: "middle", colour: ink }) : "",
    ...mine.map((trace) => traceSvg(trace, { x, y, top, bottom, left, colour: trace.colour })),
  ];
}

function legendKey(trace: ColouredTrace, x: number, y: number): string {
  const { colour } = trace, name = text(trace.name, { x: x + 32, y: y - 3, colour: PAPER.light.muted, size: 12 });
  if (trace.mode === "markers") return markerSvg([x + 13, y - 7], markerLook(trace, colour)) + name;
  const dash = dashAttribute(trace);
  return `<line x1="${x}" y1="${y - 7}" x2="${x + 26}" y2="${y - 7}" stroke="${colour}" stroke-width="${
    dash ? 2 : 4
  }"${dash}/>${name}`;
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
function annotations(layout: Figure["layout"], { x, y }: { x: AxisScale; y: AxisScale }): string {
  const placed = (layout.annotations ?? []).filter(({ xref = "x", yref = "y" }) => xref === "x" && yref === "y");
  const size = x.step > 0 && x.step < 48 ? 10.5 : 12;
  return placed.flatMap((note) => {
    const lines = (note.text ?? "").split(/<br\s*\/?>/);
    const first = y.place(note.y) + 4 - 7 * (lines.length - 1);
    return lines.map((line, i) =>
      text(line, { x: x.place(note.x), y: first + 14 * i, anchor: "middle", colour: PAPER.light.ink, size })
    );
  }).join("");
}

/** The categories along an axis. */
function categories(traces: readonly DrawnTrace[], axis: "x" | "y"): Set<string> {
  return new Set(traces.flatMap((trace) => [...trace[axis] ?? []]).filter((value) => typeof value === "string"));
}

function longestOf(names: Iterable<string>): number {
  return [...names].reduce((longest, { length }) => Math.max(longest, length), 0);
}

/** Letters of the longest category along the horizontal axes where the categories have no room beside each other, else 0. */
function slantedLetters(traces: readonly DrawnTrace[], width: number): number {
  const names = categories(traces, "x"), longest = Math.min(24, longestOf(names));
  return longest * LETTER > width / names.size ? longest : 0;
}

function axisOf(layout: Figure["layout"], name: string): Partial<LayoutAxis> {
  const key = `${name[0]}axis${name.slice(1)}` as keyof typeof layout;
  return (layout[key] ?? {}) as Partial<LayoutAxis>;
}

function titleOf({ title }: Partial<LayoutAxis>): string | undefined {
  return typeof title === "object" ? title.text : title;
}

function colourOf({ line, marker }: DrawnTrace, i: number): string {
  const own = line?.color ?? marker?.color;
  return typeof own === "string" ? own : SERIES.light[i % SERIES.light.length];
}
