import type { LayoutAxis } from "plotly.js";
import { roundValues } from "./round_values.ts";

/** Where the values of an axis lie in a picture. */
export interface AxisScale {
  /** Pixels of a value. */
  place(value: unknown): number;
  ticks: { at: number; text: string }[];
  /** Width of a category, pixels; 0 on an axis of numbers. */
  step: number;
}

/** What {@linkcode axisScale} needs. */
export interface AxisScaleOptions {
  axis: Partial<LayoutAxis>;
  /** All values that are drawn along the axis. */
  values: readonly unknown[];
  /** Pixels of its beginning and its end. */
  from: number;
  to: number;
  /** 0 is always shown, as bars need it. */
  zero: boolean;
}

/** The scale of a plotly axis: linear, logarithmic or of categories. */
export function axisScale({ axis, values, from, to, zero }: AxisScaleOptions): AxisScale {
  const texts = values.some((value) => typeof value === "string");
  return texts || axis.type === "category"
    ? categories({ axis, values, from, to })
    : numbers({ axis, values: values.map(Number).filter(Number.isFinite), from, to, zero });
}

function categories({ axis, values, from, to }: Omit<AxisScaleOptions, "zero">): AxisScale {
  const names = [...new Set(values.map(String))];
  const signed = (to - from) / names.length * (axis.autorange === "reversed" ? -1 : 1);
  const start = axis.autorange === "reversed" ? to : from;
  const at = (index: number) => start + (index + 0.5) * signed;
  const every = Math.ceil(names.length * 16 / Math.abs(to - from));
  return {
    // A number that is no category is a place among them: that is how plotly takes annotations.
    place: (value) =>
      at(typeof value === "number" && !names.includes(String(value)) ? value : names.indexOf(String(value))),
    ticks: givenTicks(axis, at) ?? names.map((text, i) => ({ at: at(i), text })).filter((_, i) => i % every === 0),
    step: Math.abs(signed),
  };
}

function numbers({ axis, values, from, to, zero }: Omit<AxisScaleOptions, "values"> & { values: number[] }): AxisScale {
  const log = axis.type === "log";
  const scaled = (value: number) => log ? Math.log10(value) : value;
  const known = values.map(scaled).filter(Number.isFinite);
  const fromZero = !log && (zero || axis.rangemode === "tozero");
  const least = known.reduce((a, b) => Math.min(a, b), fromZero ? 0 : Infinity);
  const greatest = known.reduce((a, b) => Math.max(a, b), fromZero ? 0 : -Infinity);
  const margin = zero || least === greatest ? 0 : 0.04 * (greatest - least);
  const fixed = axis.range?.map(Number); // of a logarithmic axis plotly gives exponents here, too
  let [low, high] = fixed ?? [least === 0 && !log ? 0 : least - margin, greatest + margin];
  if (!Number.isFinite(low) || !Number.isFinite(high)) [low, high] = [0, 1];
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const at = (value: number) => from + (value - low) / (high - low) * (to - from);
  const text = (value: number) => tickText(log ? 10 ** value : value, axis);
  const round = roundValues(low, high).map((value) => ({ at: at(value), text: text(value) }));
  return {
    place: (value) => at(scaled(Number(value))),
    ticks: givenTicks(axis, (value) => at(scaled(value))) ?? round,
    step: 0,
  };
}

function givenTicks({ tickvals, ticktext }: Partial<LayoutAxis>, at: (value: number) => number) {
  return tickvals?.map((value, i) => ({ at: at(Number(value)), text: String(ticktext?.[i] ?? value) }));
}

function tickText(value: number, { tickformat }: Partial<LayoutAxis>): string {
  return tickformat === ".0%" ? `${Math.round(100 * value)}%` : short(value);
}

function short(value: number): string {
  return Math.abs(value) >= 10_000 || (value !== 0 && Math.abs(value) < 1e-3) ? value.toExponential(0) : String(value);
}
