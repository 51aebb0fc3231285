import { expect } from "expect";
import fc from "fast-check";
import { fixedWindows } from "./mod.ts";

const ramp = (n: number) => Float32Array.from({ length: n }, (_, i) => i + 1);

Deno.test("fixedWindows() cuts a recording whole into windows that touch", () => {
  const windows = fixedWindows(ramp(8), { sampleRate: 2, seconds: 2 });
  expect(windows.map(({ start, end }) => [start, end])).toEqual([[0, 2], [2, 4]]);
  expect(windows.map(({ samples }) => [...samples])).toEqual([[1, 2, 3, 4], [5, 6, 7, 8]]);
});

Deno.test("fixedWindows() makes one padded window of a short recording", () => {
  for (
    const [padding, expected] of [["zero", [1, 2, 0, 0]], ["circular", [1, 2, 1, 2]], ["reflect", [
      1,
      2,
      1,
      2,
    ]]] as const
  ) {
    const windows = fixedWindows(ramp(2), { sampleRate: 1, seconds: 4, padding });
    expect(windows).toEqual([{ start: 0, end: 2, samples: Float32Array.from(expected) }]);
  }
});

Deno.test("fixedWindows() reaches every sample and no window lies behind the end", () => {
  fc.assert(fc.property(
    fc.integer({ min: 1, max: 200 }),
    fc.integer({ min: 1, max: 50 }),
    fc.integer({ min: 1, max: 50 }),
    (n, length, hop) => {
      fc.pre(hop <= length);
      const windows = fixedWindows(ramp(n), { sampleRate: 1, seconds: length, hopSeconds: hop });
      const seen = new Set(windows.flatMap(({ samples }) => [...samples]));
      for (let i = 1; i <= n; i++) expect(seen.has(i)).toBe(true);
      for (const { start, end, samples } of windows) {
        expect(start).toBeLessThan(n);
        expect(end).toBeLessThanOrEqual(n);
        expect(samples.length).toBe(length);
      }
    },
  ));
});

Deno.test("fixedWindows() refuses windows and hops of no length, and NaN", () => {
  for (const wrong of [{ seconds: 0 }, { seconds: 1, hopSeconds: 0 }, { seconds: NaN }]) {
    expect(() => fixedWindows(ramp(4), { sampleRate: 1, ...wrong })).toThrow(/window and a hop of at least one sample/);
  }
  expect(() => fixedWindows(Float32Array.of(NaN), { sampleRate: 1, seconds: 1 })).toThrow(/NaN at sample 0/);
});
