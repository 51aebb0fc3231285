import type { Figure } from "../figure.ts";
import type { AxisScale } from "./axis_scale.ts";
import { dashAttribute } from "./trace_svg.ts";

/** The plot area that shapes lie in, pixels. */
export interface ShapeArea {
  x: AxisScale;
  y: AxisScale;
  left: number;
  right: number;
  top: number;
  bottom: number;
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
