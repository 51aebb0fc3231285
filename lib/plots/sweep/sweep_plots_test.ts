import { expect } from "expect";
import { float, int, oneOf } from "../../experiment/mod.ts";
import type { ParamValue, Trial } from "../../sweep/mod.ts";
import {
  type NamedDimension,
  plotContour,
  plotImportances,
  plotParallel,
  plotSlice,
  plotTimeline,
  plotTrialCurves,
  plotTrials,
  shareAlong,
} from "../mod.ts";

const rate: NamedDimension = { key: "rate", label: "rate", dimension: float(1e-4, 1e-2, { log: true }), default: 1e-3 };
const kind: NamedDimension = { key: "kind", label: "kind", dimension: oneOf("a", "b", "<i>c</i>") };

function trial(number: number, state: Trial["state"], value: number | null, params: Record<string, ParamValue>): Trial {
  const intermediate = new Map(value === null ? [] : [[1, value - 0.1], [2, value]]);
  return { number, state, value, params, intermediate };
}

const trials = [
  trial(0, "complete", 0.5, { rate: 1e-3, kind: "a" }),
  trial(1, "complete", 0.7, { rate: 1e-4, kind: "b" }),
  trial(2, "pruned", 0.4, { rate: 5e-3, kind: "a" }),
  trial(3, "complete", 0.6, { rate: 1e-2, kind: "<i>c</i>" }),
  trial(4, "fail", null, { rate: 2e-3, kind: "b" }),
  trial(5, "complete", NaN, { rate: 2e-3, kind: "b" }),
];

/** A trace by its name, loosely typed. */
function trace(figure: { data: unknown[] }, name: string) {
  return (figure.data as { name: string; x: unknown[]; y: unknown[]; z: unknown[][]; base: number[] }[])
    .find((one) => one.name === name)!;
}

Deno.test("plotTrials() draws the best so far, upwards or downwards, from complete trials alone", () => {
  expect(trace(plotTrials(trials), "best so far").y).toEqual([0.5, 0.7, 0.7]);
  expect(trace(plotTrials(trials, { direction: "minimize" }), "best so far").y).toEqual([0.5, 0.5, 0.5]);
  expect(trace(plotTrials(trials), "stopped early (last value)").x).toEqual([2]);
  expect(plotTrials(trials, { own: 0.5 }).layout.shapes!.map(({ y0, y1 }) => [y0, y1])).toEqual([[0.5, 0.5]]);
});

Deno.test("shareAlong() places values by their logarithm where the range is logarithmic, and choices evenly", () => {
  const shares = [1e-4, 1e-3, 1e-2].map((value) => shareAlong(rate.dimension, value));
  expect(shares.map((share) => Number(share.toFixed(12)))).toEqual([0, 0.5, 1]);
  expect(["a", "b", "<i>c</i>"].map((value) => shareAlong(kind.dimension, value))).toEqual([0, 0.5, 1]);
  expect(shareAlong(int(3, 3), 3)).toBe(0.5);
});

Deno.test("plotParallel() breaks a line where a trial lacks a setting, and marks the best", () => {
  const some = [...trials, trial(6, "complete", 0.65, { kind: "a" })];
  const figure = plotParallel(some, { dimensions: [rate, kind], objective: "score" });
  expect(trace(figure, "best").x).toEqual([0, 0.5, 1, null]);
  expect(trace(figure, "others").x).toContain(null);
  const shown = figure.layout.yaxis!.ticktext!.map((text) => String(text).replaceAll(/<[^>]+>/g, "|"));
  expect(shown).toEqual([
    "rate||0.0001 to 0.01, by ratio|",
    "kind||a · b · &lt;i&gt;c&lt;/i&gt;|",
    "score||0.500 to 0.700|",
  ]);
});

Deno.test("plotSlice() draws the experiment's own setting, and escapes choices", () => {
  const shapes = plotSlice(trials, { of: rate }).layout.shapes!;
  expect(shapes.map(({ x0 }) => x0)).toEqual([1e-3]);
  // Choices are told by their place: a number among them, 128, is no place on the axis.
  const hop: NamedDimension = { key: "hop", label: "hop", dimension: oneOf(64, 128), default: 128 };
  expect(plotSlice(trials, { of: hop }).layout.shapes!.map(({ x0, x1 }) => [x0, x1])).toEqual([[1, 1]]);
  const choices = plotSlice(trials, { of: kind });
  expect(trace(choices, "best").x.map((x) => Math.round(Number(x)))).toEqual([1]);
  expect(choices.layout.shapes).toEqual([]);
  expect(JSON.stringify(choices)).not.toContain("<i>");
});

Deno.test("plotContour() is a weighted mean: between the least and the most, near a trial its value, blank far from all", () => {
  const y: NamedDimension = { key: "drop", label: "drop", dimension: float(0, 1) };
  const two = [
    trial(0, "complete", 1, { rate: 1e-4, drop: 0 }),
    trial(1, "complete", 3, { rate: 1e-4, drop: 1 }),
  ];
  const { z } = trace(plotContour(two, { x: rate, y, objective: "score" }), "score");
  const cells = z.flat().filter((cell) => cell !== null) as number[];
  expect([Math.min(...cells) >= 1, Math.max(...cells) <= 3]).toEqual([true, true]);
  // The other trial is 1 / 0.12 = 8.3 widths away: it weighs exp(-34.7).
  expect([z[0][0], z[40][0]].map(Number).map((value) => Number(value.toFixed(12)))).toEqual([1, 3]);
  expect([z[0][40], z[20][0]]).toEqual([null, null]);
});

Deno.test("plotTrialCurves() marks where trials were stopped, and where folds begin", () => {
  const figure = plotTrialCurves(trials, { epochsPerFold: 1 });
  expect([trace(figure, "stopped here").x, trace(figure, "stopped here").y]).toEqual([[2], [0.4]]);
  expect(figure.layout.shapes!.map(({ x0 }) => x0)).toEqual([1.5]);
});

Deno.test("plotTimeline() chooses a unit that fits its length", () => {
  const bar = (to: number) => [{ worker: "worker 1", trial: 0, state: "complete" as const, from: 0, to }];
  const titles = [3, 0.5, 0.01].map((to) => JSON.stringify(plotTimeline(bar(to)).layout.xaxis!.title));
  expect(titles.map((title) => title.match(/\((\w+)\)/)![1])).toEqual(["hours", "minutes", "seconds"]);
  expect(trace(plotTimeline(bar(0.5)), "trained to the end").x).toEqual([30]);
});

Deno.test("plotImportances() puts the largest on top", () => {
  const figure = plotImportances([{ label: "rate", share: 0.8 }, { label: "kind", share: 0.2 }]);
  expect(trace(figure, "importance").y).toEqual(["kind", "rate"]); // plotly draws from below
});
