import type { Dimension } from "../../experiment/mod.ts";
import type { Direction, ParamValue, Trial } from "../../sweep/mod.ts";
import { escapeMarkup } from "../escape_markup.ts";
import type { FigureOptions } from "../figure.ts";

/** Options that the figures of a sweep share. */
export interface SweepPlotOptions extends FigureOptions {
  /** Which end of the objective is better. @default {"maximize"} */
  direction?: Direction;
  /** Name of the objective. @default {"objective"} */
  objective?: string;
}

/** A dimension of the search and what to call it. */
export interface NamedDimension {
  /** Key of the experiment. */
  key: string;
  /** Short name: `"learning rate"`. */
  label: string;
  dimension: Dimension;
  /** What the experiment itself says. */
  default?: ParamValue;
}

/** A trial that has a value. */
export type ValuedTrial = Trial & { value: number };

/** Trials in a state that have a finite value. */
export function valuedTrials(trials: readonly Trial[], state: Trial["state"]): ValuedTrial[] {
  return trials.filter((trial): trial is ValuedTrial =>
    trial.state === state && trial.value !== null && Number.isFinite(trial.value)
  );
}

/** Complete trials, the best one first. */
export function bestFirst(trials: readonly Trial[], direction: Direction = "maximize"): ValuedTrial[] {
  const sign = direction === "maximize" ? -1 : 1;
  return valuedTrials(trials, "complete").toSorted((a, b) => sign * a.value - sign * b.value);
}

/** A setting as text, at most four significant digits. */
export function settingText(value: ParamValue | undefined): string {
  if (value === undefined) return "not set";
  if (typeof value !== "number" || Number.isInteger(value)) return String(value);
  return String(Number(value.toPrecision(4)));
}

/** A choice as plotly shows it, markup and all. */
export function choiceText(value: ParamValue): string {
  return escapeMarkup(settingText(value));
}

/** Where a value lies along its dimension, from 0 to 1; choices stand at equal distances. */
export function shareAlong(dimension: Dimension, value: ParamValue): number {
  if (dimension.kind === "categorical") {
    const last = dimension.choices.length - 1;
    return last === 0 ? 0.5 : dimension.choices.indexOf(value) / last;
  }
  const { low, high, log } = dimension;
  const at = (x: number) => log ? Math.log(x) : x;
  return high === low ? 0.5 : (at(value as number) - at(low)) / (at(high) - at(low));
}

/** The axis of a number: plotly's own, but for the ticks where it is logarithmic. */
export function numberAxis({ low, high, log }: Exclude<Dimension, { kind: "categorical" }>) {
  return log ? { type: "log" as const, ...logTicks(low, high) } : {};
}

/**
 * Places and texts of ticks on a logarithmic axis: 1, 2 and 5 of each decade, or the powers of ten alone where that would be
 * too many; plotly's own crowd on small figures.
 */
function logTicks(low: number, high: number): { tickvals: number[]; ticktext: string[] } {
  const [from, to] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const leading = Math.log10(high / low) > 2.5 ? [1] : [1, 2, 5];
  const all = Array.from({ length: to - from + 1 }, (_, i) => leading.map((digit) => Number(`${digit}e${from + i}`)));
  // Half a tick beyond the ends, so that a narrow range has one at all.
  const tickvals = all.flat().filter((value) => value >= low / 1.5 && value <= high * 1.5);
  return { tickvals, ticktext: tickvals.map(String) };
}
