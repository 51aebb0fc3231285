import type { PlotData } from "plotly.js";
import type { Prediction } from "../scores/mod.ts";
import type { FigureOptions } from "./figure.ts";

/** Options of the figures that are drawn from predictions. */
export interface PredictionFigureOptions extends FigureOptions {
  /** In the order of the probabilities. */
  classes: readonly string[];
}

/**
 * The classes that one-against-rest curves are drawn for: all of several, the second of two (the first is the healthy
 * one, and its curve would be the mirror of the other); none that has no item.
 */
export function judgedClasses(predictions: readonly Prediction[], classes: readonly string[]) {
  return classes.flatMap((name, index) => {
    if (classes.length === 2 && index === 0) return [];
    const positive = predictions.map(({ label }) => Number(label === name));
    const share = positive.filter(Boolean).length / positive.length;
    return share > 0 ? [{ name, positive, share, score: predictions.map((row) => row.probabilities[index]) }] : [];
  });
}

interface CurvePoint {
  x: number;
  y: number;
}

/**
 * A curve with fewer points that no eye tells apart: a point goes where it lies within `step` of the last one that
 * stays, in x and in y, both of which run from 0 to 1. First and last stay. Half a million points become at most `2 / step`
 * for a curve that only rises.
 */
export function thinCurve(points: readonly CurvePoint[], options: { step?: number } = {}): CurvePoint[] {
  const { step = 1 / 400 } = options;
  const kept: CurvePoint[] = points.slice(0, 1);
  for (let i = 1; i < points.length; i++) {
    const last = kept.at(-1)!;
    const next = points[Math.min(i + 1, points.length - 1)];
    const far = Math.abs(next.x - last.x) > step || Math.abs(next.y - last.y) > step;
    if (far || i === points.length - 1) kept.push(points[i]);
  }
  return kept;
}

/** A {@linkcode thinCurve} as a line. */
export function curve(points: readonly CurvePoint[], look: Partial<PlotData>): Partial<PlotData> {
  const thin = thinCurve(points);
  return { type: "scatter", mode: "lines", x: thin.map(({ x }) => x), y: thin.map(({ y }) => y), ...look };
}
