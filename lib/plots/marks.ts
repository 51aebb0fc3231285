import type { Datum, ErrorBar, PlotData, Shape } from "plotly.js";
import { DASHES, NEUTRAL, SERIES } from "./template.ts";

/** A point a row: where it lies, what is said of it, and how it looks. */
export function scatter<Row>(
  rows: readonly Row[],
  { x, y, text, ...look }: Omit<Partial<PlotData>, "x" | "y" | "text"> & {
    x(row: Row): Datum;
    y(row: Row): Datum;
    text?(row: Row): string;
  },
): Partial<PlotData> {
  const at = { x: rows.map((row) => x(row)), y: rows.map((row) => y(row)) };
  return { type: "scatter", mode: "markers", ...at, ...text && { text: rows.map((row) => text(row)) }, ...look };
}

/** The error bars of values whose intervals are not symmetric; where an end is missing, the value itself is the end. */
export function intervalBars<Row extends { low?: number | null; high?: number | null }>(
  rows: readonly Row[],
  valueOf: (row: Row) => number,
  look: { width?: number; thickness: number },
): ErrorBar {
  return {
    ...{ type: "data", symmetric: false },
    array: rows.map((row) => (row.high ?? valueOf(row)) - valueOf(row)),
    arrayminus: rows.map((row) => valueOf(row) - (row.low ?? valueOf(row))),
    ...look,
  };
}

/** What is reached by chance, or would be perfect: a dotted line that doesn't speak for itself. */
export function guideLine(y: [from: number, to: number], name: string): Partial<PlotData> {
  return {
    ...{ type: "scatter", mode: "lines", x: [0, 1], y, name, hoverinfo: "skip" },
    line: { color: NEUTRAL, width: 1, dash: "dot" },
  };
}

/** A value to be compared with, as a line across the whole figure: upright at `x`, or level at `y`. */
export function valueLine({ x, y }: { x?: number; y?: number }, line: Shape["line"] = GUIDE): Partial<Shape> {
  return x === undefined
    ? { type: "line", xref: "paper", x0: 0, x1: 1, y0: y, y1: y, line }
    : { type: "line", yref: "paper", y0: 0, y1: 1, x0: x, x1: x, line };
}

const GUIDE: Shape["line"] = { color: NEUTRAL, width: 1.5, dash: "dot" };

/** The line of the i-th of several series: a colour and, beside it, a dash. */
export function seriesLine(i: number): { color: string; dash: typeof DASHES[number]; width: number } {
  return { color: SERIES.light[i % SERIES.light.length], dash: DASHES[i % DASHES.length], width: 2 };
}
