// Inputs that take something from the whole recording: what a window gets of it.
import { expect } from "expect";
import { hilbertEnvelope, segmentHeartCycles } from "../audio/mod.ts";
import { curves, describeFrames, type InputOptions, inputWindows, logMelInput, openInput, zScoreInput } from "./mod.ts";

const RATE = 2000;
const mel = logMelInput({ preset: "pcg" }); // a hop of 10 ms
/** Six seconds of knocks that grow louder, so that windows differ from the recording. */
const recording = Float32Array.from({ length: 6 * RATE }, (_, i) => {
  const phase = i % (0.8 * RATE);
  const knock = phase < 200 ? Math.sin(0.15 * i) : phase > 600 && phase < 760 ? 0.6 * Math.sin(0.2 * i) : 0;
  return (0.2 + i / 20_000) * knock + 0.01 * Math.sin(i * i / 7);
});
const open = (input: object, padding: InputOptions["padding"] = "zero") =>
  openInput({ ...input, seconds: 1, padding } as InputOptions);
const row = (
  values: Float32Array,
  frame: number,
  width: number,
) => [...values.slice(frame * width, (frame + 1) * width)];

Deno.test("a z-score has mean 0 and deviation 1 in each band of the recording, and windows are pieces of it", async () => {
  const input = open(zScoreInput({ of: mel }));
  const whole = await input.compute(recording), { bands } = input;
  for (const band of [0, 13, 31]) {
    const column = whole.filter((_, at) => at % bands === band);
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    expect(mean).toBeCloseTo(0, 4);
    expect(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / column.length).toBeCloseTo(1, 3);
  }
  const windows = inputWindows(recording, { start: 0, end: 6, input });
  expect(windows.length).toBe(6);
  const fourth = await input.compute(windows[3].samples, windows[3].from);
  expect(fourth).toEqual(whole.slice(300 * bands, 401 * bands));
});

Deno.test("behind a short item a z-score is silent, and repeats what the item repeats", async () => {
  const silent = open(zScoreInput({ of: mel }));
  const [window] = inputWindows(recording, { start: 2, end: 2.5, input: silent });
  const values = await silent.compute(window.samples, window.from), { bands } = silent;
  expect(row(values, 75, bands)).toEqual(Array(bands).fill(0));
  const repeated = open(zScoreInput({ of: mel }), "circular");
  const [again] = inputWindows(recording, { start: 2, end: 2.5, input: repeated });
  const twice = await repeated.compute(again.samples, again.from);
  expect(row(twice, 70, bands)).toEqual(row(twice, 20, bands));
  expect(row(twice, 20, bands)).toEqual(row(values, 20, bands));
});

Deno.test("a band that never changes stays 0 in a z-score", async () => {
  const input = open(zScoreInput({ of: mel }));
  expect((await input.compute(new Float32Array(2 * RATE))).every((value) => value === 0)).toBe(true);
});

Deno.test("curves are those of the whole recording at the times of a window, whichever way they stand", async () => {
  const of = ["heartStates", "hilbertEnvelope", "spectralCentroid"] as const;
  const rows = open(curves({ of: mel, curves: [...of] })),
    channels = open(curves({ of: mel, curves: [...of], as: "channels" }));
  expect(rows.axes.bands.slice(-6)).toEqual(["S1", "systole", "S2", "diastole", "hilbertEnvelope", "spectralCentroid"]);
  expect(channels.axes.channels).toEqual(["log-mel", ...rows.axes.bands.slice(-6)]);
  const [, , third] = inputWindows(recording, { start: 0, end: 6, input: rows });
  const low = await rows.compute(third.samples, third.from), high = await channels.compute(third.samples, third.from);
  const plain = await open(mel).compute(third.samples);
  const { states } = segmentHeartCycles(recording, { sampleRate: RATE });
  const envelope = hilbertEnvelope(recording);
  const described = await describeFrames(recording, { sampleRate: RATE, hopLength: 20, nFft: 64 });
  for (const frame of [3, 42, 99]) {
    const at = 2 + frame * 0.01;
    const drawn = row(low, frame, 38).slice(32);
    const state = states.find(({ start, end }) => start <= at + 1e-9 && at + 1e-9 < end)!.state;
    expect(["S1", "systole", "S2", "diastole"][drawn.indexOf(1)]).toBe(state);
    expect(drawn.slice(0, 4).reduce((a, b) => a + b)).toBe(1);
    const around = envelope.subarray(Math.round(at * RATE) - 10, Math.round(at * RATE) + 11);
    expect(drawn[4]).toBeCloseTo(20 * Math.log10(around.reduce((a, b) => a + b) / 21), 2);
    expect(drawn[5]).toBeCloseTo(described[200 + frame].spectralCentroid, 2);
    expect(row(low, frame, 38).slice(0, 32)).toEqual(row(plain, frame, 32));
    for (const band of [0, 31]) {
      expect(row(high, frame * 32 + band, 7)).toEqual([plain[frame * 32 + band], ...drawn]);
    }
  }
});

Deno.test("curves are silent behind a short item", async () => {
  const input = open(curves({ of: mel, curves: ["heartStates", "homomorphicEnvelope", "rms"] }));
  const [window] = inputWindows(recording, { start: 2, end: 2.5, input });
  const values = await input.compute(window.samples, window.from);
  expect(row(values, 80, 38).slice(32)).toEqual([0, 0, 0, 0, -100, 0]);
});

Deno.test("heart states are refused at a rate that they can't be heard at, and in less than two beats", async () => {
  const slow = logMelInput({ preset: "pcg", change: { sampleRate: 500, fMax: 200, nMels: 8 } });
  expect(() => open(curves({ of: slow, curves: ["heartStates"] }))).toThrow(/at least 1000 Hz.*500 Hz/);
  const input = open(curves({ of: mel, curves: ["heartStates"] }));
  await expect(input.compute(recording.subarray(0, RATE))).rejects.toThrow(
    /heart can be followed but found .*too short/,
  );
});
