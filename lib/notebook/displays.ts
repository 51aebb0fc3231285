// What the kernel asks with each object that is the value of a cell. It is loaded with the first one: it loads no more.
import type { Figure } from "../plots/mod.ts";
import type { TableFrame } from "./show_table.ts";

/** A danfo Series, as far as it is shown. */
interface Series extends TableFrame {
  name?: string;
}

/**
 * How a value shows itself as the last expression of a cell: a figure as by `showPlot`, a danfo DataFrame or Series as by
 * `showTable`; `undefined` for all else, which the kernel prints.
 */
export function showAs(value: unknown): (() => Promise<void>) | undefined {
  if (isFigure(value)) return async () => (await import("./show_plot.ts")).showPlot(value);
  if (isDanfo(value)) return async () => (await import("./show_table.ts")).showTable(asTable(value));
  return undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** `{ data: [traces], layout }`, which nothing else has. */
function isFigure(value: unknown): value is Figure {
  return isObject(value) && isObject(value.layout) && Array.isArray(value.data) && value.data.every(isObject);
}

function isDanfo(value: unknown): value is Series {
  return isObject(value) && /^(DataFrame|Series)$/.test(value.constructor?.name) && Array.isArray(value.columns) &&
    Array.isArray(value.index) && Array.isArray(value.values);
}

/** A Series is a table of one column. */
function asTable({ name, columns, index, values }: Series): TableFrame {
  const rows = values as unknown[];
  return {
    columns: columns.map((column) => String(column ?? name ?? "value")),
    index,
    values: Array.isArray(rows[0]) ? rows : rows.map((value) => [value]),
  };
}
