import { expect } from "expect";
import type { MimeBundle } from "./display_bundle.ts";
import { interruptSignal } from "@auscult/jupyter-kernel/signal";
import { liveDisplay } from "./live_display.ts";
import type { Score } from "../scores/mod.ts";
import { inputShape } from "../features/mod.ts";
import { type Figure, figureSvg, plotLearningCurves, plotScores, plotTrials, plotWaveform } from "../plots/mod.ts";
import type { Trial } from "../sweep/mod.ts";
import { axisScale } from "../plots/svg/axis_scale.ts";
import { tableHtml } from "./table_html.ts";
import { type ShowSpectrogramOptions, spectrogramOf, spectrogramsSvg } from "./show_spectrogram.ts";
import { showTable } from "./show_table.ts";

Deno.test("showTable() outside a notebook says so", async () => {
  await expect(showTable([{ a: 1 }])).rejects.toThrow(/a notebook cell but found a program of another kind/);
});

Deno.test("interruptSignal() outside the kernel is never aborted", () => {
  expect(interruptSignal().aborted).toBe(false);
});

Deno.test("liveDisplay() shows the first state at once, then at most one in the given time, and the last at the end", async () => {
  const shown: [unknown, boolean | undefined][] = [];
  const show = (bundle: MimeBundle, options: { update?: boolean } = {}) => {
    shown.push([bundle.state, options.update]);
    return Promise.resolve();
  };
  const live = liveDisplay((state: number) => ({ state }), { everyMs: 1e6, show });
  for (let state = 0; state < 1000; state++) live.update(state);
  await live.end();
  expect(shown).toEqual([[0, false], [999, true]]);
});

Deno.test("tableHtml() shows the first page without a script, units in the heading, text as text", () => {
  const rows = Array.from({ length: 25 }, (_, i) => ({ name: `<i>${i}`, length: i / 3 }));
  const html = tableHtml(rows, { id: "t", total: 30, units: { length: "s" }, pageRows: 10 });
  const still = html.slice(0, html.indexOf("<script>"));
  expect(still.match(/<tr>/g)).toHaveLength(11);
  expect(still).toContain("length (s)");
  expect(still).toContain("&lt;i&gt;9");
  expect(still).toContain(">0.333<");
  expect(still).toContain(">1.000<");
  expect(still).toContain("rows 1 to 10 of 30; the first 25 are here");
  expect(html.slice(still.length)).not.toContain("<i>");
});

Deno.test("axisScale() has round ticks inside its range, and places values linearly", () => {
  const { ticks, place } = axisScale({ axis: { range: [0, 1] }, values: [], from: 100, to: 200, zero: false });
  expect(ticks.map(({ text }) => text)).toEqual(["0", "0.2", "0.4", "0.6", "0.8", "1"]);
  expect(place(0.25)).toBe(125);
  const log = axisScale({ axis: { type: "log" }, values: [1, 100], from: 0, to: 108, zero: false });
  expect(log.place(10)).toBeCloseTo(54); // the middle of 1 and 100
});

Deno.test("axisScale() gives categories equal room, from the bottom or reversed", () => {
  const options = { values: ["a", "b"], from: 0, to: 100, zero: false };
  expect(axisScale({ axis: {}, ...options }).ticks).toEqual([{ at: 25, text: "a" }, { at: 75, text: "b" }]);
  expect(axisScale({ axis: { autorange: "reversed" }, ...options }).place("a")).toBe(75);
});

Deno.test("figureSvg() draws every point of a line and says the units", () => {
  const svg = figureSvg(plotWaveform(new Float32Array([0, 1, -1, 0]), { sampleRate: 4 }));
  expect(svg).toContain("time (s)");
  expect(svg.match(/<polyline points="([^"]*)"/)![1].split(" ")).toHaveLength(4);
});

Deno.test("figureSvg() breaks the lines of its legend as those of the figure", () => {
  const rows = [1, 2].map((epoch) => ({
    ...{ fold: 0, seed: 0, epoch },
    loss: 1,
    validationLoss: 1,
    validationScore: 1,
  }));
  const svg = figureSvg(plotLearningCurves(rows));
  const strokes = (tag: string) => [...svg.matchAll(new RegExp(`<${tag} [^>]*?(stroke-dasharray="[^"]*")?/>`, "g"))];
  const dashes = strokes("polyline").map(([, dash]) => dash);
  expect(dashes).toHaveLength(3);
  expect(strokes("line").map(([, dash]) => dash).slice(0, 3)).toEqual(dashes);
});

Deno.test("figureSvg() writes the numbers of a heat map into its cells, as text", () => {
  const text = [["1<br>of 2", "<b>3</b>"], ["a & b", "4"]];
  const svg = figureSvg({
    data: [{ type: "heatmap", z: [[1, 3], [2, 4]], x: ["A", "B"], y: ["C", "D"], text: text as unknown as string[] }],
    layout: {},
  });
  const written = [...svg.matchAll(/fill="#1c2127"[^>]*>([^<]*)</g)].map(([, one]) => one);
  for (const cell of ["1", "3", "a &amp; b", "4"]) expect(written).toContain(cell);
});

Deno.test("figureSvg() draws steps as steps, and ends a line where a value is missing", () => {
  const path = (line: object, y: (number | null)[]) => {
    const data = [{ type: "scatter", mode: "lines", x: [0, 1, 2, 3], y, line }] as Figure["data"];
    const layout = { xaxis: { range: [0, 3] }, yaxis: { range: [0, 10] } };
    return [...figureSvg({ data, layout }).matchAll(/<polyline points="([^"]*)"/g)].map(([, points]) =>
      points.split(" ")
    );
  };
  const [straight] = path({}, [1, 2, 5, 5]);
  expect(straight).toHaveLength(4);
  const across = ([a, b]: string[]) => [b.split(",")[0], a.split(",")[1]].join();
  const [steps] = path({ shape: "hv" }, [1, 2, 5, 5]);
  expect(steps.slice(0, 3)).toEqual([straight[0], across(straight), straight[1]]); // the old height at the new place
  const [other] = path({ shape: "vh" }, [1, 2, 5, 5]);
  expect(other.slice(0, 3)).toEqual([straight[0], across([straight[1], straight[0]]), straight[1]]);
  expect(path({}, [1, 2, null, 5]).map((points) => points.length)).toEqual([2, 1]);
});

Deno.test("figureSvg() draws floors as ticks, what was published as diamonds, and the value as a dot", () => {
  const score: Score = {
    ...{ value: 0.7, low: 0.6, high: 0.8, level: 0.95, n: 9, unit: "item", floor: 0.5 },
    floors: { prior: 0.4, majority: 0.5 },
  };
  const svg = figureSvg(
    plotScores([{ name: "Accuracy", score, references: [{ kind: "published", value: 0.9, what: "a paper" }] }]),
  );
  const count = (pattern: RegExp) => svg.match(pattern)?.length ?? 0;
  // One more of each in the legend.
  expect(count(/<path [^>]*d="M0,-11.2V11.2"[^>]*stroke-width="2"/g)).toBe(3);
  expect(count(/<path [^>]*d="M0,-7.15L[^>]*fill="none"/g)).toBe(2);
  expect(count(/<circle /g)).toBe(2);
});

Deno.test("figureSvg() draws the line to beat, and axes of shares in per cent from 0", () => {
  const trial = { number: 0, state: "complete", value: 0.5, params: {}, intermediate: new Map() } as unknown as Trial;
  const svg = figureSvg(plotTrials([trial, { ...trial, number: 1, value: 0.9 }], { own: 0.7 }));
  const dotted = [
    ...svg.matchAll(/<line x1="([\d.]+)" x2="([\d.]+)" y1="([\d.]+)" y2="([\d.]+)" [^>]*dasharray="2 4"/g),
  ];
  const heights = [...svg.matchAll(/<circle cx="[\d.]+" cy="([\d.]+)" r="4"/g)].slice(-2).map(([, cy]) => Number(cy));
  expect(dotted).toHaveLength(1);
  const [, x1, x2, y1, y2] = dotted[0].map(Number);
  expect([x1 < x2, y1]).toEqual([true, y2]);
  expect(y1).toBeCloseTo((heights[0] + heights[1]) / 2, 0); // 0.7 is the middle of 0.5 and 0.9
  const axis = axisScale({
    axis: { tickformat: ".0%", rangemode: "tozero" },
    ...{ values: [0.3, 0.9], from: 0, to: 100, zero: false },
  });
  expect(axis.ticks.map(({ text }) => text)).toEqual(["0%", "20%", "40%", "60%", "80%"]);
});

Deno.test("spectrogramsSvg() sets the pictures of presets side by side", async () => {
  const samples = Float32Array.from({ length: 8000 }, (_, n) => Math.sin(n / 5));
  const svg = await spectrogramsSvg(samples, { sampleRate: 4000, names: ["pcg", "respirenet", "scl"] });
  expect(svg).toMatch(/viewBox="0 0 1000 460"/);
  const places = [...svg.matchAll(/<svg x="(\d+)" y="(\d+)"/g)].map(([, x, y]) => [Number(x), Number(y)]);
  expect(places).toEqual([[0, 0], [500, 0], [0, 230]]);
  expect(svg).toContain("respirenet: 64 bands, 50 to 2000 Hz, at 4000 Hz");
  expect(svg.match(/<image /g)).toHaveLength(3);
});

Deno.test("spectrogramOf() draws a window by the whole recording, where the input goes by it", async () => {
  const sampleRate = 4000;
  const whole = Float32Array.from({ length: 6 * sampleRate }, (_, i) => (i < 8000 ? 0.01 : 1) * Math.sin(i * i / 1e6));
  const samples = whole.subarray(4000, 12_000);
  const zScores = {
    kind: "z-score",
    of: { kind: "log-mel", preset: "respirenet" },
    seconds: 2,
    padding: "zero" as const,
  };
  const draw = (recording?: ShowSpectrogramOptions["recording"]) =>
    spectrogramOf(samples, { ...zScores, sampleRate, recording });
  const alone = await draw();
  expect(await draw({ samples, start: 0, end: 2 })).toBe(alone);
  expect(await draw({ samples: whole, start: 1, end: 3 })).not.toBe(alone);
});

Deno.test("spectrogramOf() draws heat over the bands and frames of the run's own input, and refuses another shape", async () => {
  const samples = Float32Array.from({ length: 2 * 44_100 }, (_, i) => Math.sin(i / 9)), sampleRate = 44_100;
  const input = {
    preset: "respirenet" as const,
    change: { nMels: 40, hopLength: 100 },
    seconds: 2,
    padding: "zero" as const,
  };
  const { frames, bands } = inputShape(input);
  expect([frames, bands]).toEqual([81, 40]);
  const heat = new Float32Array(frames * bands).fill(0.5);
  expect((await spectrogramOf(samples, { ...input, sampleRate, heat })).match(/<image /g)).toHaveLength(2);
  await expect(spectrogramOf(samples, { preset: "respirenet", sampleRate, heat })).rejects.toThrow(
    /heat of 63 frames by 64 bands.*3240 numbers/,
  );
});
