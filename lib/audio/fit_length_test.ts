import { expect } from "expect";
import fc from "fast-check";
import { cutSegment, fitLength, type Padding } from "./mod.ts";

const sound = Float32Array.of(1, 2, 3);

Deno.test("fitLength() cuts a longer sound and pads a shorter one as numpy.pad does", () => {
  expect([...fitLength(sound, 2, "zero")]).toEqual([1, 2]);
  expect([...fitLength(sound, 5, "zero")]).toEqual([1, 2, 3, 0, 0]);
  expect([...fitLength(sound, 8, "circular")]).toEqual([1, 2, 3, 1, 2, 3, 1, 2]); // mode "wrap"
  expect([...fitLength(sound, 8, "reflect")]).toEqual([1, 2, 3, 2, 1, 2, 3, 2]); // mode "reflect"
  expect([...fitLength(Float32Array.of(4), 3, "reflect")]).toEqual([4, 4, 4]);
});

Deno.test("fitLength() has the asked length and the sound at its beginning", () => {
  fc.assert(fc.property(
    fc.float32Array({ minLength: 1, noNaN: true }),
    fc.integer({ min: 1, max: 500 }),
    fc.constantFrom<Padding>("zero", "circular", "reflect"),
    (samples, length, padding) => {
      const fitted = fitLength(samples as Float32Array, length, padding);
      expect(fitted.length).toBe(length);
      expect(fitted.subarray(0, samples.length)).toEqual(samples.subarray(0, length));
      for (const x of fitted) expect(x === 0 || samples.includes(x)).toBe(true);
    },
  ));
});

Deno.test("fitLength() refuses no samples and a length that is none", () => {
  expect(() => fitLength(new Float32Array(0), 4, "zero")).toThrow(/one sample but found none/);
  for (const length of [0, -1, 2.5, NaN]) expect(() => fitLength(sound, length, "zero")).toThrow(/length of at least/);
});

Deno.test("cutSegment() shares no sample between neighbours and loses none", () => {
  const samples = Float32Array.from({ length: 1000 }, (_, i) => i);
  fc.assert(fc.property(fc.double({ min: 0.001, max: 0.249, noNaN: true }), (border) => {
    const left = cutSegment(samples, { sampleRate: 4000, start: 0, end: border });
    const right = cutSegment(samples, { sampleRate: 4000, start: border, end: 9 });
    expect([...left, ...right]).toEqual([...samples]);
  }));
});

Deno.test("cutSegment() refuses a segment that holds nothing", () => {
  const message = /inside the recording of 0\.250 s but found/;
  for (const [start, end] of [[0.1, 0.1], [0.2, 0.1], [1, 2], [NaN, 1]]) {
    expect(() => cutSegment(new Float32Array(1000), { sampleRate: 4000, start, end })).toThrow(message);
  }
});
