import { expect } from "expect";
import type { Score } from "../scores/mod.ts";
import { bandTicks, MAGMA } from "../pictures/mod.ts";
import {
  escapeMarkup,
  type Figure,
  PAPER,
  plotConfusion,
  plotLearningCurves,
  plotScores,
  plotWaveform,
  SERIES,
  type Theme,
} from "./mod.ts";

const THEMES: Theme[] = ["light", "dark"];

/** Relative luminance of `#rrggbb` (WCAG 2.2). */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

for (const theme of THEMES) {
  Deno.test(`the palette has the contrast that WCAG asks of text and of graphics on ${theme} paper`, () => {
    for (const text of [PAPER[theme].ink, PAPER[theme].muted]) {
      expect(contrast(text, PAPER[theme].paper)).toBeGreaterThanOrEqual(4.5);
    }
    for (const colour of SERIES[theme]) expect(contrast(colour, PAPER[theme].paper)).toBeGreaterThanOrEqual(3);
  });
}

Deno.test("MAGMA grows lighter at every step, so that it reads in grey too", () => {
  const hex = (rgb: readonly number[]) => "#" + rgb.map((value) => value.toString(16).padStart(2, "0")).join("");
  const steps = MAGMA.filter((_, i) => i % 15 === 0).map((rgb) => luminance(hex(rgb)));
  expect(steps).toEqual(steps.toSorted((a, b) => a - b));
  expect([MAGMA[0], MAGMA[255]]).toEqual([[0, 0, 4], [252, 253, 191]]);
});

const score: Score = {
  value: 0.8,
  low: 0.7,
  high: 0.85,
  level: 0.95,
  n: 12,
  unit: "subject",
  floor: 0.5,
  floors: { majority: 0.5, prior: 0.4 },
};

const figures: Record<string, Figure> = {
  plotConfusion: plotConfusion({ classes: ["a", "b"], counts: [[3, 1], [0, 0]] }),
  plotWaveform: plotWaveform(new Float32Array(10_000), { sampleRate: 1000 }),
  plotScores: plotScores([{ name: "accuracy", score }]),
  plotLearningCurves: plotLearningCurves([
    { fold: 0, seed: 0, epoch: 1, loss: 1, validationLoss: 1, validationScore: 0.5 },
    { fold: 1, seed: 0, epoch: 1, loss: 3, validationLoss: 2, validationScore: 0.7 },
  ]),
};

for (const [name, figure] of Object.entries(figures)) {
  Deno.test(`${name}() gives plain JSON with a title at every axis`, () => {
    expect(JSON.parse(JSON.stringify(figure))).toEqual(figure);
    for (const [key, axis] of Object.entries(figure.layout).filter(([key]) => /^[xy]axis/.test(key))) {
      const categories = (axis as { type?: string }).type === "category";
      if (!categories) {
        expect([key, (axis as { title?: { text: string } }).title?.text]).toEqual([key, expect.any(String)]);
      }
    }
  });
}

Deno.test("plotConfusion() shades by the share of the row, and a class without items stays blank", () => {
  const [trace] = figures.plotConfusion.data as { z: number[][] }[];
  expect(trace.z).toEqual([[0.75, 0.25], [0, 0]]);
});

Deno.test("plotScores() draws the interval around the value and a tick for each floor", () => {
  const [floors, values] = figures.plotScores.data as unknown as [
    { x: number[] },
    { x: number[]; error_x: { array: number[]; arrayminus: number[] } },
  ];
  expect(floors.x).toEqual([0.5, 0.4]);
  expect(values.error_x.array[0]).toBeCloseTo(0.05);
  expect(values.error_x.arrayminus[0]).toBeCloseTo(0.1);
});

Deno.test("plotScores() leaves out what has no value, and draws a value without interval", () => {
  const none = plotScores([{ name: "f1", score: { ...score, value: null, reason: "no positive item" } }]);
  expect((none.data[1] as { x: number[] }).x).toEqual([]);
  const bare = plotScores([{ name: "f1", score: { ...score, low: null, high: null } }]);
  expect((bare.data[1] as { error_x: { array: number[] } }).error_x.array).toEqual([0]);
});

Deno.test("plotWaveform() keeps a click of one sample in a long silence", () => {
  const samples = new Float32Array(100_000);
  samples[77_777] = 0.9;
  const [trace] = plotWaveform(samples, { sampleRate: 1000, points: 200 }).data as { x: number[]; y: number[] }[];
  expect(trace.x.length).toBeLessThanOrEqual(400);
  const click = trace.y.findIndex((value) => value > 0.8);
  expect(trace.x[click]).toBeCloseTo(77.777, 6);
});

Deno.test("bandTicks() places round frequencies between the bands that enclose them", () => {
  expect(bandTicks([50, 150, 250], { apart: 0 })).toEqual([
    { label: "50", band: 0 },
    { label: "100", band: 0.5 },
    { label: "150", band: 1 },
    { label: "200", band: 1.5 },
  ]);
  const names = ["c0", "c1", "c2", "c3", "c4"];
  expect(bandTicks(names, { apart: 0.3 })).toEqual([{ label: "c0", band: 0 }, { label: "c2", band: 2 }, {
    label: "c4",
    band: 4,
  }]);
});

Deno.test("escapeMarkup() leaves nothing that plotly takes for markup", () => {
  expect(escapeMarkup("<b>a&b</b>")).toBe("&lt;b&gt;a&amp;b&lt;/b&gt;");
});
