import type { Figure } from "../plots/mod.ts";

/**
 * A figure in the values that JSON has: plotly takes typed arrays and Dates too, but a kernel can't send them. Typed arrays
 * become arrays, Dates ISO texts; what JSON lacks (NaN, Infinity) becomes null, which plotly draws as a gap.
 */
export function plainFigure({ data, layout }: Figure): Figure {
  return plain({ data, layout }) as Figure;
}

function plain(value: unknown): unknown {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "bigint") return Number(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (Array.isArray(value)) return value.map(plain);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as Iterable<unknown>, plain);
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plain(one)]));
}
