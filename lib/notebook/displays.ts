// What the kernel asks with each object that is the value of a cell. It is loaded with the first one: it loads no more.
import type { Figure } from "../plots/mod.ts";
import type { TableFrame } from "./show_table.ts";

/**
 * How a value shows itself as the last expression of a cell: a figure as by `showPlot`, a table of Arquero or
 * danfojs-node as by `showTable`; `undefined` for all else, which the kernel prints.
 */
export function showAs(value: unknown): (() => Promise<void>) | undefined {
  if (isFigure(value)) return async () => (await import("./show_plot.ts")).showPlot(value);
  if (isTable(value)) return async () => (await import("./show_table.ts")).showTable(value);
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** `{ data: [traces], layout }`, which nothing else has. */
function isFigure(value: unknown): value is Figure {
  return isObject(value) && isObject(value.layout) && Array.isArray(value.data) && value.data.every(isObject);
}

function isTable(value: unknown): value is TableFrame {
  if (!isObject(value)) return false;
  const { name } = value.constructor ?? {};
  return name === "ColumnTable"
    ? typeof value.objects === "function"
    : name === "DataFrame" && Array.isArray(value.columns);
}
