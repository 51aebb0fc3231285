import { expect } from "expect";
import { randomStream } from "../random/mod.ts";
import { heartCyclesInput, type InputOptions, openInput } from "./mod.ts";

const RATE = 2000;
const input = openInput({ ...heartCyclesInput(), seconds: 30, padding: "none" } as InputOptions);
const named = (values: Float32Array) =>
  Object.fromEntries(input.axes.bands.map((name, i) => [name as string, values[i]]));

/** Twelve seconds of 75 beats a minute: S1 of 0.1 s, S2 of 0.08 s from 0.31 s on, noise of one level between S1 and S2, of another after. */
function heart({ systole, diastole }: { systole: number; diastole: number }): Float32Array {
  const stream = randomStream(1, "heart");
  return Float32Array.from({ length: 12 * RATE }, (_, i) => {
    const at = i / RATE % 0.8;
    const knock = (start: number, length: number, hz: number) =>
      at < start || at > start + length
        ? 0
        : Math.sin(Math.PI * (at - start) / length) ** 2 * Math.sin(2 * Math.PI * hz * at);
    return 0.3 * (knock(0, 0.1, 50) + knock(0.31, 0.08, 70)) +
      (at > 0.1 && at < 0.31 ? systole : diastole) * stream.normal();
  });
}

Deno.test("a heart's states last as long as they do, and one that beats evenly has no deviation", async () => {
  const heard = named(await input.compute(heart({ systole: 1e-3, diastole: 1e-3 })));
  const lengths = ["S1", "systole", "S2", "diastole"].map((state) => heard[`${state}, mean (s)`]);
  expect(lengths.reduce((a, b) => a + b)).toBeCloseTo(0.8, 2);
  expect(Math.abs(lengths[0] + lengths[1] - 0.31)).toBeLessThan(0.05); // frames of 20 ms, and where a knock begins to be loud
  expect(heard["systole/diastole, means"]).toBeCloseTo(lengths[1] / lengths[3], 5);
  for (const state of ["S1", "systole", "S2", "diastole"]) expect(heard[`${state}, deviation (s)`]).toBeLessThan(0.02);
  expect(heard["confidence of S1 and S2"]).toBeGreaterThan(0.5);
  expect(Math.abs(heard["systole/diastole 400-800 Hz (dB)"])).toBeLessThan(1);
});

Deno.test("a murmur is louder than diastole by what it is, through another stethoscope and amplifier as well", async () => {
  const sound = heart({ systole: 0.04, diastole: 0.01 }), quiet = heart({ systole: 0.01, diastole: 0.01 });
  const murmur = named(await input.compute(sound)), none = named(await input.compute(quiet));
  const octave = "systole/diastole 200-400 Hz (dB)";
  // 20 log10(4) dB; a frame of 20 ms at either end of a systole of 210 ms may belong to its neighbours.
  expect(Math.abs(murmur[octave] - 20 * Math.log10(4))).toBeLessThan(0.2 * 20 * Math.log10(4));
  expect(Math.abs(none[octave])).toBeLessThan(1);
  expect(murmur["murmur (log-likelihood ratio)"]).toBeGreaterThan(none["murmur (log-likelihood ratio)"]);

  // A first difference takes 14 dB from 63 Hz and 2 dB from 510 Hz, of all states alike.
  const other = named(await input.compute(sound.map((value, i) => 0.1 * (value - 0.8 * (sound[i - 1] ?? 0)))));
  expect(Math.abs(other[octave] - murmur[octave])).toBeLessThan(1);
});

Deno.test("what is too short for a rhythm has no row, and silence has numbers", async () => {
  expect(input.shortest).toBe(2 * RATE);
  expect((await input.compute(new Float32Array(RATE))).length).toBe(0);
  expect([...await input.compute(new Float32Array(4 * RATE))].every(Number.isFinite)).toBe(true);
});
