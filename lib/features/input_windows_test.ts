import { expect } from "expect";
import fc from "fast-check";
import type { InputOptions } from "./input_options.ts";
import { fadeEnds, inputWindows } from "./input_windows.ts";
import { speechEmbedding } from "./encoders/speech_embedding.ts";
import { inputShape, openInput } from "./open_input.ts";

const ramp = Float32Array.from({ length: 40_000 }, (_, i) => i + 1); // 10 s at 4 kHz
const input: InputOptions = { preset: "respirenet", seconds: 1, padding: "zero" };

Deno.test("inputWindows() pads an item that is shorter than a window, by each kind of padding", () => {
  const last = (padding: InputOptions["padding"]) =>
    inputWindows(ramp, { start: 1, end: 1.75, input: openInput({ ...input, padding }) })[0].samples.slice(2998, 3002);
  expect([...last("zero")]).toEqual([6999, 7000, 0, 0]);
  expect([...last("circular")]).toEqual([6999, 7000, 4001, 4002]);
  expect([...last("reflect")]).toEqual([6999, 7000, 6999, 6998]);
});

Deno.test("inputWindows() fades an item at both ends and its repetitions at the end, as SCL does", () => {
  const ones = new Float32Array(8000).fill(1);
  const faded: InputOptions = { ...input, padding: "circular", fade: 1 / 16 };
  const [{ samples }] = inputWindows(ones, { start: 0, end: 0.5, input: openInput(faded) });
  const zeros = [...samples.entries()].filter(([, value]) => value === 0).map(([i]) => i);
  expect(zeros).toEqual([0, 1999, 2000, 3999]);
  expect(samples[125]).toBeCloseTo(125 / 249);
  // Faded as an item and once more as the end of the window.
  expect(samples[3999 - 125]).toBeCloseTo((125 / 249) ** 2);
});

Deno.test("inputWindows() covers every item to less than a frame's hop, by windows of one length inside it", () => {
  const seconds = fc.double({ min: 0.1, max: 9.9, noNaN: true });
  fc.assert(
    fc.property(seconds, seconds, fc.double({ min: 0.2, max: 2, noNaN: true }), (a, b, hop) => {
      fc.pre(Math.abs(a - b) > 0.001);
      const [start, end] = [Math.min(a, b), Math.max(a, b)];
      const windows = inputWindows(ramp, { start, end, input: openInput({ ...input, hop }) });
      expect(windows.every(({ samples }) => samples.length === 4000)).toBe(true);
      expect(windows[0].start).toBe(start);
      const covered = windows.at(-1)!.end;
      // Half a sample of rounding at both ends, and at most 127 samples left out.
      expect(Math.abs(end - covered)).toBeLessThan(128.5 / 4000);
      for (const window of windows) expect(window.end).toBeLessThanOrEqual(end + 1 / 4000);
    }),
  );
});

Deno.test("inputShape() counts a window's samples, frames and bands, changes of the preset included", () => {
  expect(inputShape({ ...input, seconds: 2.56 })).toEqual({ samples: 10240, frames: 81, bands: 64, channels: 1 });
  expect(inputShape({ ...input, change: { nMels: 40, hopLength: 64 } })).toEqual({
    samples: 4000,
    frames: 63,
    bands: 40,
    channels: 1,
  });
  expect(() => inputShape({ ...input, preset: "ast", seconds: 0.02 })).toThrow(
    /at least one frame but found 0\.02 s/,
  );
  expect(() => inputShape({ ...input, fade: NaN })).toThrow(/at fade: .*NaN/);
});

Deno.test("inputWindows() leaves an item as long as it is without padding, down to what holds one embedding", () => {
  // Windows of 76 frames, 160 samples apart, the first of 512: 12,512 samples, heard eight times too fast at 2 kHz.
  const ears = { ...speechEmbedding({ playbackRate: 8, step: 32, pooling: "mean-max" }), seconds: 20, padding: "none" };
  const input = openInput(ears as InputOptions);
  const sound = Float32Array.from({ length: 60_000 }, (_, i) => i);
  const heard = (end: number) => inputWindows(sound, { start: 0, end, input });
  expect(heard(9).map(({ samples }) => samples.length)).toEqual([18_000]);
  expect(heard(9)[0]).toMatchObject({ start: 0, end: 9 });
  expect(heard(3)[0].samples.length).toBe(76 * 160 + 512 - 160);
  expect(heard(3)[0].samples[6000]).toBe(0); // heard again
  expect(heard(21).map(({ samples }) => samples.length)).toEqual([40_000]);
  expect(heard(25).map(({ start, end }) => [start, end])).toEqual([[0, 20], [5, 25]]); // and not the first 20 s alone
  expect(() => openInput({ ...ears, pooling: "none" } as InputOptions)).toThrow(/one row .*padding "none"/);
  expect(() => openInput({ preset: "pcg", seconds: 2, padding: "none" })).toThrow(/one row/);
});

Deno.test("fadeEnds() goes from 0 to 1 and back in equal steps", () => {
  const ones = new Float32Array(8).fill(1);
  expect([...fadeEnds(ones, { length: 3 })]).toEqual([0, 0.5, 1, 1, 1, 1, 0.5, 0]);
  expect([...fadeEnds(ones, { length: 3, fadeIn: false })]).toEqual([1, 1, 1, 1, 1, 1, 0.5, 0]);
  expect([...ones]).toEqual(new Array(8).fill(1));
});

Deno.test("fadeEnds() of a sound shorter than its fades stays within them", () => {
  expect([...fadeEnds(Float32Array.of(1, 1, 1), { length: 5 })]).toEqual([0, 0.0625, 0]);
});
